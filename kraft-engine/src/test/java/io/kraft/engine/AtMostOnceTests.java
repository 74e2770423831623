package io.kraft.engine;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.kraft.client.WorkflowHandle;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.Delivery;
import io.kraft.workflow.Exhausted;
import io.kraft.workflow.StepOutcomeUnknownException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A step that is to be entered at most once is not entered again when an attempt was cut
 * off, whatever its retries say.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class AtMostOnceTests {

	private static final RetryPolicy RETRY = RetryPolicy.defaults()
		.withMaxAttempts(3)
		.withInitialDelay(Duration.ofMillis(1));

	private final AtomicInteger entered = new AtomicInteger();

	private final TestEngine engine = new TestEngine();

	@AfterEach
	void close() {
		this.engine.close();
	}

	@Test
	void aBodyThatRunsOutOfMemoryIsNotEnteredAgain() {
		assertThat(outcome(charge(RETRY), () -> {
			throw new OutOfMemoryError("in the body");
		})).startsWith("unknown").contains("an error of the virtual machine cut off step 'charge'");
		assertThat(this.entered).hasValue(1);
	}

	@Test
	void aBodyThatRunsOutOfStackIsNotEnteredAgain() {
		assertThat(outcome(charge(RETRY), AtMostOnceTests::descend)).startsWith("unknown");
		assertThat(this.entered).hasValue(1);
	}

	@Test
	void aBodyIsNotEnteredAgainWhenMemoryRunsOutWhileItsResultIsWritten() {
		StepDefinition step = StepDefinition.of("charge", MethodSignature.of(Unwritable.class), RETRY)
			.withDelivery(Delivery.AT_MOST_ONCE);
		assertThat(outcome(step, Unwritable::new)).startsWith("unknown");
		assertThat(this.entered).hasValue(1);
	}

	@Test
	void aRunIsNotPausedForAnotherSetOfAttempts() {
		assertThat(outcome(charge(RETRY.withMaxAttempts(1).withOnExhausted(Exhausted.PAUSE)), () -> {
			throw new OutOfMemoryError("in the body");
		})).startsWith("unknown");
	}

	@Test
	void anAttemptThatHasFailedIsFollowedByAnother() {
		assertThat(outcome(charge(RETRY), () -> {
			if (this.entered.get() < 3) {
				throw new IOException("down");
			}
			return "charged";
		})).isEqualTo("charged");
		assertThat(this.entered).hasValue(3);
	}

	private static StepDefinition charge(RetryPolicy retry) {
		return StepDefinition.of("charge", MethodSignature.of(String.class), retry).withDelivery(Delivery.AT_MOST_ONCE);
	}

	private String outcome(StepDefinition step, Body body) {
		this.engine.workflow("order", String.class, (argument) -> {
			try {
				return String.valueOf(this.engine.step(step, () -> {
					this.entered.incrementAndGet();
					return body.call();
				}));
			}
			catch (StepOutcomeUnknownException ex) {
				return "unknown: " + ex.getMessage();
			}
		}).start();
		WorkflowHandle<?> run = this.engine.run("order", "o1", "x");
		await().until(() -> {
			this.engine.moveToNextDue();
			return run.status().isTerminal();
		});
		return String.valueOf(run.result());
	}

	@SuppressWarnings("InfiniteRecursion") // That is what fails.
	private static String descend() {
		return descend() + ".";
	}

	@FunctionalInterface
	private interface Body {

		Object call() throws Exception;

	}

	/**
	 * Memory runs out when it is read.
	 */
	static final class Unwritable {

		@SuppressWarnings("DoNotCallSuggester") // A getter, which is there to be called.
		public String getText() {
			throw new OutOfMemoryError("in a getter");
		}

	}

}
