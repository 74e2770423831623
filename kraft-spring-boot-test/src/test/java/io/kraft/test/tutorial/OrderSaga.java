package io.kraft.test.tutorial;

import java.io.Serial;

import io.kraft.workflow.Retry;
import io.kraft.workflow.Step;
import io.kraft.workflow.StepContext;
import io.kraft.workflow.Workflow;

import org.springframework.stereotype.Service;

@Service
class OrderSaga {

	private final Services services;

	OrderSaga(Services services) {
		this.services = services;
	}

	@Workflow(name = "order-saga", id = "'order-' + #order.id")
	Receipt process(Order order) throws NoCarrierException {
		reserve(order);
		String payment = charge(order);
		String parcel = ship(order);
		return new Receipt(payment, parcel);
	}

	@Step(name = "reserve", compensation = "release")
	String reserve(Order order) {
		return this.services.call(key(), "reserve " + order.item());
	}

	void release(Order order, String reservation) {
		this.services.call(key(), "release " + order.item());
	}

	@Step(name = "charge", compensation = "refund", timeout = "10s", retry = @Retry(maxAttempts = 5))
	String charge(Order order) {
		return this.services.call(key(), "charge " + order.cents());
	}

	void refund(Order order, String payment) {
		this.services.call(key(), "refund " + order.cents());
	}

	@Step(name = "ship", retry = @Retry(noRetryFor = NoCarrierException.class))
	String ship(Order order) throws NoCarrierException {
		if (order.address().equals("Moon")) {
			throw new NoCarrierException("no carrier goes to the " + order.address());
		}
		return this.services.call(key(), "ship to " + order.address());
	}

	private static String key() {
		return StepContext.current().idempotencyKey();
	}

	record Order(String id, String item, long cents, String address) {
	}

	record Receipt(String payment, String parcel) {
	}

	static class NoCarrierException extends Exception {

		@Serial
		private static final long serialVersionUID = 1L;

		NoCarrierException(String message) {
			super(message);
		}

	}

}
