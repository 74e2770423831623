package io.kraft.engine;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import io.kraft.client.FailedOperation;
import io.kraft.client.RunFailure;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.testing.ProxiedWorkflow;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.Callback;
import io.kraft.workflow.WorkflowContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What an operator is told of a run that failed, or that tries again.
 */
@Timeout(60)
class RunFailureTests {

	private final TestEngine engine = new TestEngine();

	@AfterEach
	void stop() {
		this.engine.close();
	}

	private static StepDefinition step(String name, int attempts, Duration delay) {
		return StepDefinition.of(name, MethodSignature.of(String.class),
				RetryPolicy.defaults().withMaxAttempts(attempts).withInitialDelay(delay));
	}

	private static String refuse() {
		throw new IllegalStateException("the bank refuses", new NoSuchAccount("no account 7"));
	}

	private RunFailure failureOf(String id) {
		return this.engine.client().failure(id).orElseThrow();
	}

	@Test
	void aFailedRunNamesTheStepItsPositionAndItsAttempts() {
		this.engine.workflow("order", String.class, (id) -> {
			this.engine.step("reserve", String.class, () -> "reserved");
			return this.engine.step(step("charge", 3, Duration.ofMillis(10)), RunFailureTests::refuse);
		}).start();
		WorkflowHandle<?> run = this.engine.run("order", "order-1", "x");
		assertThatThrownBy(() -> this.engine.finish(run)).isNotNull();

		FailedOperation charge = new FailedOperation("2", "step", "charge", 3);
		assertThat(this.engine.client().inspect("order-1").failedIn()).isEqualTo(charge);
		assertThat(failureOf("order-1").operation()).isEqualTo(charge);
		assertThat(failureOf("order-1").status()).isEqualTo(WorkflowStatus.FAILED);
	}

	@Test
	void aRunWhoseChildFailedNamesTheChildAndItsPosition() {
		ProxiedWorkflow child = child();
		this.engine.workflow("called", String.class, (id) -> {
			this.engine.step("reserve", String.class, () -> "reserved");
			return child.call();
		}).workflow("awaited", String.class, (id) -> {
			WorkflowContext workflow = WorkflowContext.current();
			return workflow.startChild(() -> child.call()).await();
		}).start();

		for (String name : List.of("called", "awaited")) {
			WorkflowHandle<?> run = this.engine.run(name, name + "-1", "x");
			assertThatThrownBy(() -> this.engine.finish(run)).isNotNull();

			String position = name.equals("called") ? "2" : "1";
			FailedOperation failed = new FailedOperation(position, "child", "payment", 1, name + "-1." + position);
			assertThat(failureOf(name + "-1").operation()).isEqualTo(failed);
			assertThat(this.engine.client().inspect(name + "-1").failedIn()).isEqualTo(failed);
			assertThat(failureOf(name + "-1." + position).operation())
				.isEqualTo(new FailedOperation("1", "step", "charge", 1));
		}
	}

	@Test
	void aChildThatHasSucceededInTheEndIsNotNamed() {
		AtomicBoolean fails = new AtomicBoolean(true);
		ProxiedWorkflow child = ProxiedWorkflow.define(this.engine, "payment", MethodSignature.of(String.class),
				(arguments) -> fails.get() ? refuse() : "paid");
		this.engine.workflow("order", String.class, (id) -> child.<String>call() + refuse()).start();
		WorkflowHandle<?> run = this.engine.run("order", "order-1", "x");
		assertThatThrownBy(() -> this.engine.finish(run)).isNotNull();
		fails.set(false);

		WorkflowHandle<?> retried = this.engine.client().retry("order-1");

		assertThatThrownBy(() -> this.engine.finish(retried)).isNotNull();
		assertThat(failureOf("order-1").failure().message()).contains("the bank refuses");
		assertThat(failureOf("order-1").operation()).isNull();
	}

	@Test
	void aFailedCallbackAndARefusedSignalAreNamedToo() {
		this.engine.workflow("order", String.class, (id) -> {
			Callback<String> callback = WorkflowContext.current().callback(String.class);
			this.engine.step("refuse", String.class, () -> {
				this.engine.client().fail(callback.token(), "no money");
				return "";
			});
			return callback.await();
		}).workflow("sender", String.class, (id) -> {
			WorkflowContext.current().signal("nobody", "go", "x");
			return "";
		}).start();

		assertThatThrownBy(() -> this.engine.finish(this.engine.run("order", "order-1", "x"))).isNotNull();
		assertThatThrownBy(() -> this.engine.finish(this.engine.run("sender", "sender-1", "x"))).isNotNull();

		assertThat(failureOf("order-1").operation()).isEqualTo(new FailedOperation("3", "callback-wait", "1", 1));
		assertThat(failureOf("sender-1").operation()).isEqualTo(new FailedOperation("1", "signal-sent", "go", 1));
	}

	private ProxiedWorkflow child() {
		return ProxiedWorkflow.define(this.engine, "payment", MethodSignature.of(String.class),
				(arguments) -> this.engine.step(step("charge", 1, Duration.ZERO), RunFailureTests::refuse));
	}

	@Test
	void theFailureHasItsCausesAndItsStackTrace() {
		this.engine
			.workflow("order", String.class,
					(id) -> this.engine.step(step("charge", 1, Duration.ZERO), RunFailureTests::refuse))
			.start();
		WorkflowHandle<?> run = this.engine.run("order", "order-1", "x");
		assertThatThrownBy(() -> this.engine.finish(run)).isNotNull();

		assertThat(run.describe().failure()).contains("the bank refuses", "caused by", "no account 7");
		assertThat(this.engine.client().inspect("order-1").lastError()).contains("no account 7");
		RunFailure failure = failureOf("order-1");
		assertThat(failure.failure().message()).contains("the bank refuses");
		assertThat(failure.failure().cause().message()).contains("no account 7");
		assertThat(failure.stackTrace()).startsWith("java.lang.IllegalStateException: the bank refuses\n\tat ")
			.contains("RunFailureTests.refuse(RunFailureTests.java:", "\nCaused by: ");
	}

	@Test
	void whatTheCodeThrowsItselfIsNotBlamedOnAStep() {
		StepDefinition flaky = step("charge", 1, Duration.ZERO);
		this.engine.workflow("order", String.class, (id) -> {
			try {
				this.engine.step(flaky, RunFailureTests::refuse);
			}
			catch (IllegalStateException ex) {
				// It does not matter.
			}
			throw new IllegalArgumentException("the order is empty");
		}).start();
		WorkflowHandle<?> run = this.engine.run("order", "order-1", "x");
		assertThatThrownBy(() -> this.engine.finish(run)).isNotNull();

		assertThat(failureOf("order-1").operation()).isNull();
		assertThat(failureOf("order-1").failure().message()).contains("the order is empty");
	}

	@Test
	void aRunThatTriesAgainTellsOfItsLastAttempt() {
		this.engine
			.workflow("order", String.class,
					(id) -> this.engine.step(step("charge", 9, Duration.ofHours(1)), RunFailureTests::refuse))
			.start();
		WorkflowHandle<?> run = this.engine.run("order", "order-1", "x");
		Awaitility.await().until(() -> run.status() == WorkflowStatus.SUSPENDED);

		assertThat(failureOf("order-1").operation()).isEqualTo(new FailedOperation("1", "step", "charge", 1));
		assertThat(this.engine.client().inspect("order-1").lastError()).contains("no account 7");
		assertThat(this.engine.client().inspect("order-1").failedIn()).isNull();
		this.engine.client().terminate("order-1");
	}

	@Test
	void aRunThatWaitsHasNoFailure() {
		this.engine.workflow("order", String.class, (id) -> {
			WorkflowContext.current().sleep(Duration.ofHours(1));
			return id;
		}).start();
		WorkflowHandle<?> run = this.engine.run("order", "order-1", "x");
		Awaitility.await().until(() -> run.status() == WorkflowStatus.SUSPENDED);

		assertThat(this.engine.client().failure("order-1")).isEqualTo(Optional.empty());
	}

	/** Of the application: it cannot be restored as itself. */
	private static final class NoSuchAccount extends Exception {

		private static final long serialVersionUID = 1L;

		NoSuchAccount(String message) {
			super(message);
		}

	}

}
