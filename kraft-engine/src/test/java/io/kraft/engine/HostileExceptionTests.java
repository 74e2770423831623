package io.kraft.engine;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.reliability.Proves;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.WorkflowContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

/**
 * Whatever the methods of an exception do, that it was thrown is recorded.
 */
@Proves(fault = "An exception whose own methods throw",
		promise = "The step is recorded as failed, and not entered again")
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class HostileExceptionTests {

	private static final StepDefinition ONE_ATTEMPT = StepDefinition.of("charge", MethodSignature.of(String.class),
			RetryPolicy.none());

	private static final StepDefinition TWO_ATTEMPTS = StepDefinition.of("retried", MethodSignature.of(String.class),
			RetryPolicy.defaults().withMaxAttempts(2));

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final AtomicInteger entered = new AtomicInteger();

	private final TestEngine engine = new TestEngine();

	@AfterEach
	void close() {
		this.engine.close();
	}

	static Stream<Supplier<RuntimeException>> exceptions() {
		return Stream.of(Mute::new, Cyclic::new, Null::new);
	}

	@ParameterizedTest
	@MethodSource("exceptions")
	void aStepThatHasFailedIsNotEnteredAgainAfterACrash(Supplier<RuntimeException> exception) {
		this.engine.workflow("order", String.class, (argument) -> {
			String caught = failing(ONE_ATTEMPT, exception) + failing(TWO_ATTEMPTS, exception);
			this.workflow.awaitSignal("go", String.class);
			return caught;
		}).start();
		WorkflowHandle<?> run = this.engine.run("order", "o1", "x");
		await().until(() -> {
			this.engine.moveToNextDue();
			return run.status() == WorkflowStatus.SUSPENDED && this.entered.get() == 3;
		});
		await().until(() -> this.engine.engine().health().executingRuns() == 0);

		this.engine.crashAndStart();
		this.engine.client().handle("o1").signal("go", "now");

		assertThat(this.engine.client().handle("o1").result()).isEqualTo("failedfailed");
		assertThat(this.entered).hasValue(3);
	}

	private String failing(StepDefinition step, Supplier<RuntimeException> exception) {
		try {
			return this.engine.step(step, () -> {
				this.entered.incrementAndGet();
				throw exception.get();
			});
		}
		catch (RuntimeException ex) {
			return "failed";
		}
	}

	@ParameterizedTest
	@MethodSource("exceptions")
	void aRunThatThrowsItHasFailed(Supplier<RuntimeException> exception) {
		this.engine.workflow("order", String.class, (argument) -> {
			throw exception.get();
		}).start();
		WorkflowHandle<?> run = this.engine.run("order", "o1", "x");

		Throwable failure = catchThrowable(run::result);

		assertThat(failure).isNotNull();
		assertThat(run.status()).isEqualTo(WorkflowStatus.FAILED);
		assertThat(this.engine.engine().health().state()).isEqualTo(EngineHealth.State.RUNNING);
	}

	/** Each of its methods throws. */
	private static final class Mute extends RuntimeException {

		private static final long serialVersionUID = 1L;

		@Override
		public String getMessage() {
			throw new AssertionError("no message");
		}

		@Override
		public String getLocalizedMessage() {
			throw new IllegalStateException("no message");
		}

		@Override
		public synchronized Throwable getCause() {
			throw new StackOverflowError("no cause");
		}

		@Override
		public StackTraceElement[] getStackTrace() {
			throw new UnsupportedOperationException("no stack trace");
		}

		@Override
		public void setStackTrace(StackTraceElement[] stackTrace) {
			throw new UnsupportedOperationException("no stack trace");
		}

		@Override
		public String toString() {
			throw new IllegalStateException("no text");
		}

	}

	/** Its cause is itself. */
	private static final class Cyclic extends RuntimeException {

		private static final long serialVersionUID = 1L;

		@Override
		public synchronized Throwable getCause() {
			return this;
		}

	}

	/** Each of its methods returns null. */
	private static final class Null extends RuntimeException {

		private static final long serialVersionUID = 1L;

		@Override
		public @Nullable String getMessage() {
			return null;
		}

		@Override
		@SuppressWarnings("NullAway") // What users do.
		public StackTraceElement[] getStackTrace() {
			return null;
		}

		@Override
		@SuppressWarnings({ "NullAway", "ToStringReturnsNull" }) // What users do.
		public String toString() {
			return null;
		}

	}

}
