package io.kraft.sample.demo;

import java.time.Duration;

import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowHandle;
import io.kraft.workflow.Workflow;
import io.kraft.workflow.WorkflowContext;

import org.springframework.stereotype.Component;

/**
 * Expenses wait for a person, but not for ever.
 */
@Component("approval")
class ApprovalDemo implements Demo {

	private final WorkflowClient client;

	private final WorkflowContext workflow;

	private final DemoOutput output;

	ApprovalDemo(WorkflowClient client, WorkflowContext workflow, DemoOutput output) {
		this.client = client;
		this.workflow = workflow;
		this.output = output;
	}

	@Override
	public void run() {
		WorkflowHandle<String> laptop = this.client.start(() -> decide("laptop", Duration.ofDays(2)));
		WorkflowHandle<String> yacht = this.client.start(() -> decide("yacht", Duration.ofDays(2)));
		WorkflowHandle<String> chair = this.client.start(() -> decide("chair", Duration.ofMillis(200)));
		laptop.signal("decision", new Decision("Ada", true));
		yacht.signal("decision", new Decision("Grace", false));
		this.output.print("laptop: " + laptop.result());
		this.output.print("yacht: " + yacht.result());
		this.output.print("chair: " + chair.result());
	}

	@Workflow(name = "approve-expense", id = "'expense-' + #expense")
	String decide(String expense, Duration patience) {
		return this.workflow.awaitSignal("decision", Decision.class, patience)
			.map((decision) -> (decision.approved() ? "approved by " : "rejected by ") + decision.by())
			.orElse("no decision in time, goes to the boss");
	}

	record Decision(String by, boolean approved) {
	}

}
