package io.kraft.test.shop;

/**
 * The world outside.
 */
public interface Bank {

	String charge(String order);

}
