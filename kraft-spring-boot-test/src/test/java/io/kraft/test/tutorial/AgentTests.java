package io.kraft.test.tutorial;

import java.time.Duration;

import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowHandle;
import io.kraft.test.KraftTest;
import io.kraft.test.WorkflowTestEnvironment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static io.kraft.test.WorkflowAssertions.assertThatRun;
import static org.assertj.core.api.Assertions.assertThat;

@KraftTest
class AgentTests {

	@Autowired
	private Agent agent;

	@Autowired
	private FakeModelClient model;

	@Autowired
	private Services services;

	@Autowired
	private WorkflowClient client;

	@Autowired
	private WorkflowTestEnvironment environment;

	@BeforeEach
	void reset() {
		this.model.reset();
		this.services.reset();
	}

	@Test
	void noCallOfTheModelIsPaidForTwice() {
		WorkflowHandle<String> run = this.client.start(() -> this.agent.answer("1", "Mail me how warm Rome is."));
		this.environment.settle();
		assertThatRun(run).isWaitingFor("retry").executed("temperature").once();

		this.environment.crash();
		this.environment.restart();
		this.environment.advance(Duration.ofMinutes(1));

		assertThatRun(run).isCompletedWith("It is 31 degrees in Rome: sent");
		assertThat(this.model.calls()).as("one was refused, four were answered").isEqualTo(5);
		assertThat(this.services.effects()).containsExactly("mail: 31 degrees in Rome");
	}

}
