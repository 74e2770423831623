package io.kraft.test.tutorial;

import java.time.Duration;
import java.util.Optional;

import io.kraft.client.WorkflowClient;
import io.kraft.workflow.Step;
import io.kraft.workflow.StepContext;
import io.kraft.workflow.Workflow;
import io.kraft.workflow.WorkflowContext;

import org.springframework.stereotype.Service;

@Service
class Expenses {

	private final WorkflowContext workflow;

	private final WorkflowClient client;

	private final Services services;

	Expenses(WorkflowContext workflow, WorkflowClient client, Services services) {
		this.workflow = workflow;
		this.client = client;
		this.services = services;
	}

	@Workflow(name = "expense", id = "'expense-' + #expense.id")
	String decide(Expense expense) {
		mail("manager", "please decide on " + expense.what());
		Optional<Decision> decision = awaitDecision(Duration.ofDays(2));
		if (decision.isEmpty()) {
			mail("manager", "still waiting: " + expense.what());
			decision = awaitDecision(Duration.ofDays(5));
		}
		String outcome = decision.map(Decision::text).orElse("expired");
		mail(expense.employee(), expense.what() + ": " + outcome);
		return outcome;
	}

	private Optional<Decision> awaitDecision(Duration limit) {
		return this.workflow.awaitSignal("decision", Decision.class, limit);
	}

	@Step(name = "mail")
	void mail(String to, String text) {
		this.services.call(StepContext.current().idempotencyKey(), to + ": " + text);
	}

	String submit(Expense expense) {
		return this.client.start(() -> decide(expense)).id();
	}

	void decide(String id, Decision decision) {
		this.client.signal("expense-" + id, "decision", decision, "decision-of-" + decision.by());
	}

	record Expense(String id, String employee, String what) {
	}

	record Decision(String by, boolean approved) {

		String text() {
			return (this.approved ? "approved by " : "rejected by ") + this.by;
		}

	}

}
