package io.kraft.spring.boot.autoconfigure.guide;

import java.time.Duration;

import io.kraft.workflow.Step;
import io.kraft.workflow.Workflow;
import io.kraft.workflow.WorkflowContext;

import org.springframework.stereotype.Service;

@Service
class OrderWorkflow {

	private final Payments payments;

	private final WorkflowContext workflow;

	OrderWorkflow(Payments payments, WorkflowContext workflow) {
		this.payments = payments;
		this.workflow = workflow;
	}

	@Workflow(name = "process-order", id = "'order-' + #order.id")
	Receipt process(Order order) throws CardDeclinedException {
		Payment payment = this.payments.charge(order);
		this.workflow.sleep(Duration.ofHours(1));
		Shipment shipment = ship(order);
		return new Receipt(payment.id(), shipment.trackingNumber());
	}

	@Step
	Shipment ship(Order order) {
		return new Shipment("parcel-" + order.id());
	}

	record Order(String id, long totalInCents) {
	}

	record Payment(String id) {
	}

	record Shipment(String trackingNumber) {
	}

	record Receipt(String paymentId, String trackingNumber) {
	}

}
