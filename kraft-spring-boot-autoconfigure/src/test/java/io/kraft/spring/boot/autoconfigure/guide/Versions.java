package io.kraft.spring.boot.autoconfigure.guide;

import java.time.Duration;

import io.kraft.workflow.Step;
import io.kraft.workflow.Workflow;
import io.kraft.workflow.WorkflowContext;

import org.springframework.stereotype.Service;

@Service
class Versions {

	private final WorkflowContext workflow;

	Versions(WorkflowContext workflow) {
		this.workflow = workflow;
	}

	@Workflow(name = "welcome", version = 1)
	void welcomeUntil2026(String customer) {
		mail(customer, "Welcome");
		this.workflow.sleep(Duration.ofDays(7));
		mail(customer, "How is it going?");
	}

	@Workflow(name = "welcome", version = 2)
	void welcome(String customer) {
		mail(customer, "Welcome");
		this.workflow.sleep(Duration.ofDays(3));
		gift(customer);
	}

	@Step(name = "mail")
	void mail(String customer, String subject) {
	}

	@Step(name = "gift")
	void gift(String customer) {
	}

}
