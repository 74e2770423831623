package io.kraft.spring.boot.autoconfigure.guide;

import java.time.Duration;

import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowStatus;
import io.kraft.workflow.Step;
import io.kraft.workflow.Workflow;
import io.kraft.workflow.WorkflowContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class SignUps {

	private static final Logger log = LoggerFactory.getLogger(SignUps.class);

	private final WorkflowClient client;

	private final WorkflowContext workflow;

	SignUps(WorkflowClient client, WorkflowContext workflow) {
		this.client = client;
		this.workflow = workflow;
	}

	@PostMapping("/sign-ups/{user}")
	String start(@PathVariable String user) {
		return this.client.start(() -> welcome(user)).id();
	}

	@GetMapping("/sign-ups/{user}")
	WorkflowStatus status(@PathVariable String user) {
		return this.client.handle("sign-up-" + user).status();
	}

	@Workflow(name = "sign-up", id = "'sign-up-' + #user")
	void welcome(String user) {
		mail(user, "Welcome!");
		this.workflow.sleep(Duration.ofMinutes(1));
		mail(user, "How do you like it?");
	}

	@Step(name = "mail")
	void mail(String to, String text) {
		log.info("Mail to {}: {}", to, text);
	}

}
