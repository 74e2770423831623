package io.kraft.sample.order;

/**
 * What a customer wants.
 *
 * @param id chosen by the customer or at random
 * @param customer who gets the mail
 * @param item what is bought
 * @param quantity how many of it
 */
record Order(String id, String customer, String item, int quantity) {

	private static final int PRICE_IN_CENTS = 1999;

	private static final int LARGE = 100;

	boolean isLarge() {
		return this.quantity > LARGE;
	}

	long totalInCents() {
		return (long) this.quantity * PRICE_IN_CENTS;
	}

}
