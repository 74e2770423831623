package io.kraft.example;

import io.kraft.workflow.Delivery;
import io.kraft.workflow.Retry;
import io.kraft.workflow.Step;
import io.kraft.workflow.StepContext;

/**
 * A bean with steps.
 */
class Payments {

	// @start region = "step"
	@Step(compensation = "refund", retry = @Retry(maxAttempts = 5, initialDelay = "200ms"))
	String charge(String order) {
		return "payment of " + order + " with key " + StepContext.current().idempotencyKey();
	}

	void refund(String order, String payment) {
		System.out.println(order + " is refunded: " + payment);
	}
	// @end

	@Step(delivery = Delivery.AT_MOST_ONCE)
	void notify(String order) {
		System.out.println(order);
	}

}
