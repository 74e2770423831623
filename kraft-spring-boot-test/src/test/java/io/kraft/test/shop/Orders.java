package io.kraft.test.shop;

import java.time.Duration;

import io.kraft.workflow.Step;
import io.kraft.workflow.Workflow;
import io.kraft.workflow.WorkflowContext;

import org.springframework.stereotype.Service;

/**
 * A workflow with steps of another bean and of its own.
 */
@Service
public class Orders {

	private final Payments payments;

	private final WorkflowContext workflow;

	Orders(Payments payments, WorkflowContext workflow) {
		this.payments = payments;
		this.workflow = workflow;
	}

	@Workflow(name = "order", id = "#order")
	public String process(String order) {
		String payment = this.payments.charge(order);
		this.workflow.sleep(Duration.ofDays(30));
		return payment + ", " + ship(order);
	}

	@Workflow(name = "broken", id = "#order")
	public String fail(String order) {
		throw new IllegalArgumentException("no such order: " + order);
	}

	@Step
	public String ship(String order) {
		return "parcel of " + order;
	}

}
