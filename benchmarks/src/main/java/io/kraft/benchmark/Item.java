package io.kraft.benchmark;

/**
 * A value of about 100 bytes as JSON.
 */
record Item(String article, int quantity, long cents, String customer, String note) {

	static Item of(int number) {
		return new Item("KR-2048-" + number, number, 12_950, "customer-4711", "leave it at the door, please");
	}

}
