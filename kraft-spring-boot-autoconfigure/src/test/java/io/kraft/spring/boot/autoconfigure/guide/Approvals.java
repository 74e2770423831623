package io.kraft.spring.boot.autoconfigure.guide;

import java.time.Duration;
import java.util.Optional;

import io.kraft.client.WorkflowClient;
import io.kraft.spring.boot.autoconfigure.guide.OrderWorkflow.Payment;
import io.kraft.workflow.Callback;
import io.kraft.workflow.Step;
import io.kraft.workflow.StepContext;
import io.kraft.workflow.Workflow;
import io.kraft.workflow.WorkflowContext;

import org.springframework.stereotype.Service;

@Service
class Approvals {

	private final WorkflowContext workflow;

	private final WorkflowClient client;

	Approvals(WorkflowContext workflow, WorkflowClient client) {
		this.workflow = workflow;
		this.client = client;
	}

	@Workflow(name = "approve-and-pay", id = "'approve-' + #order")
	String approveAndPay(String order) {
		String approver = this.workflow.awaitSignal("approved", String.class);
		// At most two days; empty if it timed out.
		Optional<String> second = this.workflow.awaitSignal("approved", String.class, Duration.ofDays(2));
		// Signals without a payload.
		this.workflow.awaitSignal("go");
		boolean isStopped = this.workflow.awaitSignal("stop", Duration.ofHours(1));

		this.workflow.publish("progress", 50);
		Callback<Payment> paid = this.workflow.callback(Payment.class);
		startPayment(order, paid.token());
		Payment payment = paid.await();
		return String.join(" ", approver, second.orElse("no other"), isStopped ? "stopped" : "not stopped",
				payment.id());
	}

	@Step(name = "start-payment")
	void startPayment(String order, String token) {
		this.client.signal("bank", "pay", token, StepContext.current().idempotencyKey());
	}

	Optional<Integer> send(String order, String token) {
		// The same message id: one signal of this name.
		this.client.signal("approve-" + order, "approved", "ada", "message-7");
		this.client.complete(token, new Payment("payment-1"));
		return this.client.handle("approve-" + order).published("progress", Integer.class);
	}

}
