package io.kraft.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.Exhausted;
import io.kraft.workflow.NonRetryableStepException;
import io.kraft.workflow.Retry;
import io.kraft.workflow.StepContext;
import io.kraft.workflow.WorkflowFailedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What becomes of a run when all attempts of a step are used up.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ExhaustedTests {

	private static final StepDefinition PAUSES = StepDefinition.of("charge", MethodSignature.of(String.class),
			new RetryPolicy(3, Duration.ZERO, 1, Duration.ZERO, 0, List.of(), Exhausted.PAUSE));

	private final TestEngine engine = new TestEngine();

	private final List<Integer> attempts = Collections.synchronizedList(new ArrayList<>());

	private final AtomicInteger failures = new AtomicInteger(Integer.MAX_VALUE);

	@AfterEach
	void close() {
		this.engine.close();
	}

	@Test
	void aRunIsPausedWithTheStepAndTheReasonAndResumeGivesItAFreshSetOfAttempts() {
		WorkflowHandle<?> run = start(PAUSES);
		await().until(() -> run.status() == WorkflowStatus.PAUSED);

		assertThat(run.describe().reason()).contains("KRAFT-2009", "'charge'", "position 1", "down");
		assertThat(this.attempts).containsExactly(1, 2, 3);

		this.engine.client().resume("r");
		await().until(() -> this.attempts.size() == 6 && run.status() == WorkflowStatus.PAUSED);
		this.failures.set(7);
		this.engine.client().resume("r");

		assertThat(this.engine.finish(run)).isEqualTo("charged");
		assertThat(this.attempts).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
	}

	@Test
	void aPausedRunKeepsItsCountOfAttemptsAcrossACrash() {
		WorkflowHandle<?> run = start(PAUSES);
		await().until(() -> run.status() == WorkflowStatus.PAUSED);

		this.engine.crashAndStart();
		await().until(() -> this.attempts.size() == 6);
		WorkflowHandle<?> again = this.engine.client().handle("r");
		await().until(() -> again.status() == WorkflowStatus.PAUSED);
		this.failures.set(0);
		this.engine.client().resume("r");

		assertThat(this.engine.finish(again)).isEqualTo("charged");
		assertThat(this.attempts).containsExactly(1, 2, 3, 4, 5, 6, 7);
	}

	@Test
	void whatNoAttemptCouldMendFailsTheStepAtOnce() {
		this.engine.workflow("w", String.class, (argument) -> this.engine.step(PAUSES, () -> {
			throw new NonRetryableStepException("no such card");
		})).start();

		assertThatExceptionOfType(WorkflowFailedException.class)
			.isThrownBy(() -> this.engine.finish(this.engine.run("w", "r", "x")))
			.withStackTraceContaining("no such card");
	}

	@Test
	void unlimitedAttemptsAreMadeUntilOneSucceeds() {
		this.failures.set(50);

		WorkflowHandle<?> run = start(StepDefinition.of("charge", MethodSignature.of(String.class),
				RetryPolicy.defaults().withMaxAttempts(Retry.UNLIMITED)));

		assertThat(this.engine.finish(run)).isEqualTo("charged");
		assertThat(this.attempts).hasSize(51);
	}

	@Test
	void theDefaultsHoldOutForElevenMinutes() {
		RetryPolicy policy = RetryPolicy.defaults();
		Duration total = Duration.ZERO;
		int failed = 1;
		while (policy.allowsAnother(new IllegalStateException("down"), failed)) {
			total = total.plus(policy.delayAfter(new IllegalStateException("down"), failed++, () -> Long.MIN_VALUE));
		}

		assertThat(failed).isEqualTo(20);
		assertThat(total).isBetween(Duration.ofMinutes(10), Duration.ofMinutes(12));
	}

	private WorkflowHandle<?> start(StepDefinition step) {
		this.engine.workflow("w", String.class, (argument) -> this.engine.step(step, () -> {
			this.attempts.add(StepContext.current().attempt());
			if (this.attempts.size() <= this.failures.get()) {
				throw new IllegalStateException("down");
			}
			return "charged";
		})).start();
		return this.engine.run("w", "r", "x");
	}

}
