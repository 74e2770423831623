package io.kraft.sample.payment;

import java.util.concurrent.ThreadLocalRandom;

import io.kraft.sample.outside.EffectsLog;
import io.kraft.sample.outside.Outages;
import io.kraft.sample.outside.SampleProperties;
import io.kraft.workflow.Retry;
import io.kraft.workflow.Step;
import io.kraft.workflow.StepContext;

import org.springframework.stereotype.Service;

/**
 * Charges customers. The bank is not always there, and sometimes its answer gets lost:
 * then the money has moved, unnoticed. The next attempt brings the same idempotency key,
 * so that the bank moves it once.
 */
@Service
public class PaymentService {

	private final EffectsLog bank;

	private final Outages outages;

	private final double failureRate;

	PaymentService(EffectsLog bank, Outages outages, SampleProperties properties) {
		this.bank = bank;
		this.outages = outages;
		this.failureRate = properties.paymentFailureRate();
	}

	/**
	 * Charges an order.
	 */
	@Step(retry = @Retry(maxAttempts = 30, initialDelay = "200ms", maxDelay = "2s"))
	public Payment charge(String orderId, long amountInCents) {
		String key = StepContext.current().idempotencyKey();
		this.outages.check("bank");
		failNowAndThen("the bank does not answer");
		this.bank.once(key, "charge", orderId);
		failNowAndThen("the bank's answer got lost");
		return new Payment("payment-" + EffectsLog.reference(key), amountInCents);
	}

	private void failNowAndThen(String reason) {
		if (ThreadLocalRandom.current().nextDouble() < this.failureRate / 2) {
			throw new IllegalStateException(reason);
		}
	}

}
