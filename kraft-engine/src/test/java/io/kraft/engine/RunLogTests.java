package io.kraft.engine;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.testing.CapturedLog;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.WorkflowContext;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.MDC;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What the log says of a run: what failed, once and with its stack trace, and what became
 * of it, each line with the run's id.
 */
@Timeout(60)
class RunLogTests {

	private static final Map<String, String> RUN = Map.of("kraft.run.id", "order-1", "kraft.workflow", "order");

	private final CapturedLog log = CapturedLog.ofAll("io.kraft");

	private final TestEngine engine = new TestEngine();

	@AfterEach
	void stop() {
		this.engine.close();
		this.log.close();
	}

	private void failing(int attempts) {
		StepDefinition charge = StepDefinition.of("charge", MethodSignature.of(String.class),
				RetryPolicy.defaults().withMaxAttempts(attempts).withInitialDelay(Duration.ofMillis(10)));
		this.engine.workflow("order", String.class, (id) -> (String) this.engine.call(charge, (arguments) -> {
			throw new IllegalStateException("the bank\nrefuses", new IllegalArgumentException("no such account"));
		})).start();
	}

	@Test
	void theLastFailureOfAStepIsLoggedOnceWithItsStackTrace() {
		failing(2);
		WorkflowHandle<?> run = this.engine.run("order", "order-1", "x");
		assertThatThrownBy(() -> this.engine.finish(run)).isNotNull();

		assertThat(this.log.eventsWith("Step 'charge' of run 'order-1' at position 1 failed")).singleElement()
			.satisfies((event) -> {
				assertThat(event.getLevel()).isEqualTo(Level.WARN);
				assertThat(event.getFormattedMessage()).contains("after 2 attempts");
				assertThat(event.getThrowableProxy().getCause().getMessage()).isEqualTo("no such account");
				assertThat(event.getMDCPropertyMap()).containsAllEntriesOf(RUN).containsEntry("kraft.step", "charge");
			});
	}

	@Test
	void anAttemptThatIsFollowedByAnotherIsOneLineWithItsRootCause() {
		failing(2);
		WorkflowHandle<?> run = this.engine.run("order", "order-1", "x");
		assertThatThrownBy(() -> this.engine.finish(run)).isNotNull();

		assertThat(this.log.eventsWith("is followed by another")).singleElement().satisfies((event) -> {
			assertThat(event.getLevel()).isEqualTo(Level.INFO);
			assertThat(event.getFormattedMessage())
				.contains("Attempt 1 of step 'charge'", "the bank\\nrefuses",
						"root cause: java.lang.IllegalArgumentException: no such account")
				.doesNotContain("\n");
			assertThat(event.getThrowableProxy()).isNull();
			assertThat(event.getMDCPropertyMap()).containsAllEntriesOf(RUN).containsEntry("kraft.step", "charge");
		});
	}

	@Test
	void theFailureOfARunIsLoggedOnceWithItsStackTrace() {
		failing(1);
		WorkflowHandle<?> run = this.engine.run("order", "order-1", "x");
		assertThatThrownBy(() -> this.engine.finish(run)).isNotNull();

		assertThat(this.log.eventsWith("Run 'order-1' (order) failed")).singleElement().satisfies((event) -> {
			assertThat(event.getLevel()).isEqualTo(Level.WARN);
			assertThat(event.getThrowableProxy().getClassName()).isEqualTo(IllegalStateException.class.getName());
			assertThat(event.getMDCPropertyMap()).containsAllEntriesOf(RUN);
		});
	}

	@Test
	void linesThatOtherThreadsLogOfARunHaveItsId() {
		this.engine.workflow("order", String.class, (id) -> {
			WorkflowContext.current().awaitSignal("go", String.class);
			return id;
		}).start();
		WorkflowHandle<?> run = this.engine.run("order", "order-1", "x");
		await(run, WorkflowStatus.SUSPENDED);
		this.engine.crash().withoutWorkflow("order").start();
		this.engine.client().signal("order-1", "go", "now");
		await(run, WorkflowStatus.PAUSED);
		this.engine.client().terminate("order-1");

		assertThat(contextOf("is paused")).containsAllEntriesOf(RUN);
		assertThat(contextOf("was terminated")).containsAllEntriesOf(RUN);
		assertThat(MDC.get("kraft.run.id")).isNull();
	}

	private void await(WorkflowHandle<?> run, WorkflowStatus status) {
		Awaitility.await().until(() -> this.engine.client().handle(run.id()).status() == status);
	}

	private Map<String, String> contextOf(String text) {
		List<ILoggingEvent> events = this.log.eventsWith(text);
		assertThat(events).isNotEmpty();
		return events.getFirst().getMDCPropertyMap();
	}

	@Test
	void debugTellsTheLifeOfARun() {
		StepDefinition charge = StepDefinition.of("charge", MethodSignature.of(String.class), RetryPolicy.defaults());
		this.engine.workflow("order", String.class, (id) -> {
			this.engine.step(charge, () -> "paid");
			WorkflowContext.current().awaitSignal("go", String.class);
			return id;
		}).start();
		await(this.engine.run("order", "order-1", "x"), WorkflowStatus.SUSPENDED);
		this.engine.awaitQuiet();
		this.engine.crashAndStart();
		this.engine.client().signal("order-1", "go", "now");
		@Nullable Object result = this.engine.finish(this.engine.client().handle("order-1"));
		assertThat(result).isEqualTo("x");

		for (String text : List.of("(order, version 1) ", "waits in memory: signal 'go'", "is loaded by EVENT",
				"leaves memory: COMPLETED")) {
			// It begins at once or by its turn, and leaves memory when its end has been
			// told.
			Awaitility.await(text).until(() -> !this.log.eventsWith(text).isEmpty());
			assertThat(contextOf(text)).as(text).containsAllEntriesOf(RUN);
		}
	}

}
