package io.kraft.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.Callback;
import io.kraft.workflow.StepFailedException;
import io.kraft.workflow.StepTimeoutException;
import io.kraft.workflow.WorkflowCancelledException;
import io.kraft.workflow.WorkflowContext;
import io.kraft.workflow.WorkflowFailedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What exceptions say as values: the same to live and to replayed code, before and after
 * a crash.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ExceptionFieldsTests {

	/** A run that waits is unloaded, and replayed when it wakes. */
	private final TestEngine engine = new TestEngine().with((builder) -> builder.maxParkedWorkflows(0));

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	@AfterEach
	void close() {
		this.engine.close();
	}

	@Test
	void codeGetsTheFieldsOfAStepsFailureOnReplayToo() {
		StepDefinition slow = StepDefinition
			.of("slow", MethodSignature.of(String.class), RetryPolicy.defaults().withMaxAttempts(2))
			.withTimeout(Duration.ofSeconds(5));
		List<Map<String, String>> seen = Collections.synchronizedList(new ArrayList<>());
		this.engine.workflow("order", String.class, (argument) -> {
			try {
				this.engine.step(slow, () -> {
					new CountDownLatch(1).await();
					return "never";
				});
			}
			catch (StepTimeoutException ex) {
				seen.add(ex.fields());
			}
			this.workflow.sleep(Duration.ofHours(1));
			return "done";
		}).start();

		this.engine.finish(this.engine.run("order", "order-7", "x"));

		assertThat(seen).hasSizeGreaterThan(1)
			.containsOnly(
					Map.of("runId", "order-7", "position", "1", "step", "slow", "attempt", "2", "timeout", "PT5S"));
	}

	@Test
	void whatStandsForAnotherExceptionSaysWhichStepItWasOfAndKeepsThat() {
		StepDefinition charge = StepDefinition.of("charge", MethodSignature.of(String.class),
				RetryPolicy.defaults().withMaxAttempts(2).withInitialDelay(Duration.ofMillis(10)));
		List<Map<String, String>> seen = Collections.synchronizedList(new ArrayList<>());
		this.engine.workflow("order", String.class, (argument) -> {
			try {
				return this.engine.step(charge, () -> {
					throw new Declined("no money");
				});
			}
			catch (StepFailedException ex) {
				seen.add(ex.fields());
				this.workflow.sleep(Duration.ofHours(1));
				throw ex;
			}
		}).start();
		Map<String, String> fields = Map.of("runId", "order-7", "position", "1", "step", "charge", "attempts", "2",
				"failureType", Declined.class.getName());

		WorkflowHandle<?> run = this.engine.run("order", "order-7", "x");
		assertFailedWith(run, fields);
		assertThat(seen).hasSizeGreaterThan(1).containsOnly(fields);
		this.engine.crashAndStart();
		assertFailedWith(this.engine.client().handle("order-7"), fields);
	}

	private void assertFailedWith(WorkflowHandle<?> run, Map<String, String> fields) {
		assertThatExceptionOfType(WorkflowFailedException.class).isThrownBy(() -> this.engine.finish(run))
			.satisfies((failed) -> assertThat(failed.runId()).isEqualTo("order-7"))
			.havingCause()
			.isInstanceOfSatisfying(StepFailedException.class, (cause) -> {
				assertThat(cause.fields()).isEqualTo(fields);
				assertThat(cause.step()).isEqualTo("charge");
				assertThat(cause.attempts()).isEqualTo(2);
			});
	}

	@Test
	void soDoesWhatStandsForAnExceptionOfASideEffectACallbackOrTheWorkflowItself() {
		List<Map<String, String>> seen = Collections.synchronizedList(new ArrayList<>());
		this.engine.workflow("order", String.class, (argument) -> {
			try {
				this.workflow.sideEffect("look", String.class, () -> {
					throw new Declined("no money");
				});
			}
			catch (StepFailedException ex) {
				seen.add(ex.fields());
			}
			Callback<String> callback = this.workflow.callback(String.class);
			this.engine.step("fail", String.class, () -> {
				this.engine.client().fail(callback.token(), "no");
				return "";
			});
			try {
				callback.await();
			}
			catch (StepFailedException ex) {
				seen.add(ex.fields());
			}
			throw new Declined("no order");
		}).start();

		assertThatExceptionOfType(WorkflowFailedException.class)
			.isThrownBy(() -> this.engine.finish(this.engine.run("order", "order-7", "x")))
			.havingCause()
			.isInstanceOfSatisfying(StepFailedException.class, (cause) -> assertThat(cause.fields())
				.isEqualTo(Map.of("runId", "order-7", "failureType", Declined.class.getName())));
		assertThat(seen).extracting((fields) -> fields.get("runId") + "/" + fields.get("position"))
			.contains("order-7/1", "order-7/4");
	}

	@Test
	void aCallerGetsTheFieldsOfARunsEndAfterACrashToo() {
		this.engine.workflow("order", String.class, (argument) -> {
			this.workflow.sleep(Duration.ofHours(1));
			return "done";
		}).start();
		WorkflowHandle<?> run = this.engine.run("order", "order-7", "x");
		run.cancel();

		assertThatExceptionOfType(WorkflowCancelledException.class).isThrownBy(() -> this.engine.finish(run))
			.satisfies((cancelled) -> assertThat(cancelled.runId()).isEqualTo("order-7"));
		this.engine.crashAndStart();

		WorkflowHandle<?> found = this.engine.client().handle("order-7");
		assertThat(found.status()).isEqualTo(WorkflowStatus.CANCELLED);
		assertThatExceptionOfType(WorkflowCancelledException.class).isThrownBy(found::result)
			.satisfies((cancelled) -> assertThat(cancelled.runId()).isEqualTo("order-7"));
	}

	/** Of the application: it cannot be restored as itself. */
	private static final class Declined extends RuntimeException {

		private static final long serialVersionUID = 1L;

		Declined(String message) {
			super(message);
		}

	}

}
