package io.kraft.spring.boot.autoconfigure.logging;

import java.time.Duration;

import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowStatus;
import io.kraft.spring.boot.autoconfigure.KraftAutoConfiguration;
import io.kraft.workflow.Step;
import io.kraft.workflow.Workflow;
import io.kraft.workflow.WorkflowContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Log lines of workflow code are repeated on replay, unless their logger is named.
 */
@ExtendWith(OutputCaptureExtension.class)
class ReplayFilterTests {

	private static final String LOGGER = "io.kraft.spring.boot.autoconfigure.logging";

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KraftAutoConfiguration.class, KraftLoggingAutoConfiguration.class))
		.withPropertyValues("kraft.storage.type=memory", "kraft.engine.max-parked-workflows=0")
		.withBean(Orders.class);

	@Test
	void linesOfANamedLoggerAreNotRepeatedOnReplay(CapturedOutput output) {
		this.runner.withPropertyValues("kraft.logging.skip-on-replay=" + LOGGER).run((context) -> {
			runUnloadedOnce(context.getBean(WorkflowClient.class), context.getBean(Orders.class));

			assertThat(output).containsOnlyOnce("before the step of 1")
				.containsOnlyOnce("in the step of 1")
				.containsOnlyOnce("after the signal of 1");
		});
	}

	@Test
	void linesOfOtherLoggersAreRepeated(CapturedOutput output) {
		this.runner.withPropertyValues("kraft.logging.skip-on-replay[0]=io.kraft.spring.boot.autoconfigure.log")
			.run((context) -> {
				runUnloadedOnce(context.getBean(WorkflowClient.class), context.getBean(Orders.class));

				assertThat(output.toString().split("before the step of 1", -1)).hasSize(3);
				assertThat(output).containsOnlyOnce("in the step of 1");
			});
	}

	@Test
	void theFilterGoesWithItsApplication(CapturedOutput output) {
		this.runner.withPropertyValues("kraft.logging.skip-on-replay=" + LOGGER).run((context) -> {
		});
		this.runner.run((context) -> {
			runUnloadedOnce(context.getBean(WorkflowClient.class), context.getBean(Orders.class));

			assertThat(output.toString().split("before the step of 1", -1)).hasSize(3);
		});
	}

	private static void runUnloadedOnce(WorkflowClient client, Orders orders) {
		WorkflowHandle<String> run = client.start(() -> orders.process("1"));
		await().until(() -> run.status() == WorkflowStatus.SUSPENDED);
		run.signal("go", "on");
		run.result(Duration.ofSeconds(30));
	}

	static class Orders {

		private static final Logger log = LoggerFactory.getLogger(LOGGER + ".Orders");

		@Workflow(name = "order", id = "'order-' + #id")
		String process(String id) {
			log.warn("before the step of {}", id);
			charge(id);
			WorkflowContext.current().awaitSignal("go", String.class);
			log.warn("after the signal of {}", id);
			return id;
		}

		@Step(name = "charge")
		String charge(String id) {
			log.warn("in the step of {}", id);
			return id;
		}

	}

}
