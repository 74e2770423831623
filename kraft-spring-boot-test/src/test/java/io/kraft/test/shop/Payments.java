package io.kraft.test.shop;

import io.kraft.workflow.Step;

import org.springframework.stereotype.Service;

/**
 * Steps on a bean of their own.
 */
@Service
public class Payments {

	private final Bank bank;

	Payments(Bank bank) {
		this.bank = bank;
	}

	@Step
	public String charge(String order) {
		return this.bank.charge(order);
	}

}
