package io.kraft.test.shop;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Remembers what it was asked for.
 */
public class FakeBank implements Bank {

	private final List<String> charges = new CopyOnWriteArrayList<>();

	@Override
	public String charge(String order) {
		this.charges.add(order);
		return "paid by the bank";
	}

	/**
	 * What was charged.
	 */
	public List<String> charges() {
		return this.charges;
	}

}
