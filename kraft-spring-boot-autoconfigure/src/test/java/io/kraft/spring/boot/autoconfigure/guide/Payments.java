package io.kraft.spring.boot.autoconfigure.guide;

import java.time.Duration;

import io.kraft.spring.boot.autoconfigure.guide.OrderWorkflow.Order;
import io.kraft.spring.boot.autoconfigure.guide.OrderWorkflow.Payment;
import io.kraft.workflow.Delivery;
import io.kraft.workflow.NonRetryableStepException;
import io.kraft.workflow.Retry;
import io.kraft.workflow.RetryableStepException;
import io.kraft.workflow.Step;
import io.kraft.workflow.StepContext;

import org.springframework.stereotype.Service;

@Service
class Payments {

	private final Bank bank;

	Payments(Bank bank) {
		this.bank = bank;
	}

	@Step(name = "charge", timeout = "30s",
			retry = @Retry(maxAttempts = 5, initialDelay = "200ms", noRetryFor = CardDeclinedException.class))
	Payment charge(Order order) throws CardDeclinedException {
		String key = StepContext.current().idempotencyKey();
		return new Payment(this.bank.charge(key, order.totalInCents()));
	}

	@Step
	String rate(String currency) {
		Bank.Answer answer = this.bank.rate(currency);
		return switch (answer.status()) {
			case 200 -> answer.body();
			case 429 -> throw new RetryableStepException("the bank asks for patience", Duration.ofMinutes(1));
			case 404 -> throw new NonRetryableStepException("the bank does not know " + currency);
			default -> throw new IllegalStateException("the bank answers " + answer.status());
		};
	}

	@Step(delivery = Delivery.AT_MOST_ONCE, retry = @Retry(maxAttempts = 1))
	void transfer(String iban, long cents) {
		this.bank.transfer(iban, cents);
	}

	interface Bank {

		String charge(String idempotencyKey, long cents) throws CardDeclinedException;

		Answer rate(String currency);

		void transfer(String iban, long cents);

		record Answer(int status, String body) {
		}

	}

}
