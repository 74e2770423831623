package io.kraft.example;

import java.time.Duration;
import java.util.List;

import io.kraft.workflow.DurableFuture;
import io.kraft.workflow.Schedule;
import io.kraft.workflow.Workflow;
import io.kraft.workflow.WorkflowContext;

/**
 * A bean with workflows.
 */
class OrderWorkflow {

	private final Payments payments;

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	OrderWorkflow(Payments payments) {
		this.payments = payments;
	}

	// @start region = "workflow"
	@Workflow(name = "process-order", id = "'order-' + #order", timeout = "2d")
	String process(String order) {
		String payment = this.payments.charge(order); // a step: recorded, retried,
														// replayed
		this.workflow.awaitSignal("approved", String.class); // survives restarts
		return payment;
	}
	// @end

	// @start region = "context"
	@Workflow
	String remind(String order) {
		for (int reminders = 0; reminders < 3; reminders++) {
			if (this.workflow.awaitSignal("paid", Duration.ofDays(7))) {
				return "paid";
			}
			this.payments.notify(order);
		}
		return "given up at " + this.workflow.now();
	}
	// @end

	@Workflow
	List<String> inParallel(List<String> orders) {
		// @start region = "future"
		DurableFuture<String> first = this.workflow.async(() -> this.payments.charge(orders.getFirst()));
		DurableFuture<String> last = this.workflow.async(() -> this.payments.charge(orders.getLast()));
		return DurableFuture.allOf(first, last).await();
		// @end
	}

	// @start region = "schedule"
	@Workflow
	@Schedule(cron = "0 0 3 * * *", zone = "Europe/Berlin")
	void everyNight() {
		this.payments.notify("the accountant");
	}
	// @end

}
