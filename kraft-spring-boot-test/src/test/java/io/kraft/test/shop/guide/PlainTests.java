package io.kraft.test.shop.guide;

import java.time.Duration;

import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowHandle;
import io.kraft.test.KraftEngineExtension;
import io.kraft.test.WorkflowTestEnvironment;
import io.kraft.workflow.WorkflowContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static io.kraft.test.WorkflowAssertions.assertThatRun;

public class PlainTests {

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	@RegisterExtension
	final KraftEngineExtension kraft = new KraftEngineExtension()
		.step("charge", String.class, String.class, (order) -> "paid")
		.workflow("order", String.class, String.class, (order) -> {
			String payment = this.workflow.call("charge", String.class, order);
			this.workflow.sleep(Duration.ofDays(30));
			return payment;
		});

	@Test
	void anOrderIsPaid(WorkflowTestEnvironment environment, WorkflowClient client) {
		WorkflowHandle<Object> run = client.start("order", StartOptions.defaults().id("lamp"), "lamp");

		environment.advance(Duration.ofDays(30));

		assertThatRun(run).isCompletedWith("paid").hasJournal("step charge", "timer");
	}

}
