package io.kraft.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import io.kraft.client.EngineStoppedException;
import io.kraft.client.EnqueueOptions;
import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowNotFoundException;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.testing.CrashPoint;
import io.kraft.engine.testing.CrashPoint.Crash;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.Exhausted;
import io.kraft.workflow.InvalidCallException;
import io.kraft.workflow.KraftException;
import io.kraft.workflow.WorkflowCancelledException;
import io.kraft.workflow.WorkflowContext;
import io.kraft.workflow.WorkflowFailedException;
import io.kraft.workflow.WorkQueue;
import io.kraft.workflow.WorkflowFailedOnRequestException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * An operator lets a run fail, in whatever status it is, and it is undone.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@ParameterizedClass(name = "{0} waiting runs in memory")
@ValueSource(ints = { 0, 10_000 })
class FailRunTests {

	private static final RetryPolicy TWO_ATTEMPTS = new RetryPolicy(2, Duration.ZERO, 1, Duration.ZERO, 0, List.of(),
			Exhausted.PAUSE);

	private static final StepDefinition PAUSES = StepDefinition.of("charge", MethodSignature.of(String.class),
			TWO_ATTEMPTS);

	private static final StepDefinition MAIL = StepDefinition.of("mail", MethodSignature.of(String.class, String.class),
			TWO_ATTEMPTS);

	private final TestEngine engine = new TestEngine();

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

	private final AtomicBoolean isDown = new AtomicBoolean(true);

	private final int parked;

	FailRunTests(int parked) {
		this.parked = parked;
		this.engine.with((builder) -> builder.maxParkedWorkflows(parked));
		define(this.engine);
	}

	@AfterEach
	void close() {
		this.engine.close();
	}

	@Test
	void aRunThatIsPausedBecauseOfAStepFailsAndIsUndone() {
		WorkflowHandle<?> run = paused();

		this.engine.client().failRun("r", "the customer has gone");

		assertFailed(run);
		assertThat(this.seen).containsExactly("reserve", "charge", "charge", "cancelled", "release");
		assertThat(run.describe().reason()).isNull();
	}

	@Test
	void aRunThatWaitsFailsAndIsUndone() {
		this.isDown.set(false);
		this.engine.start();
		WorkflowHandle<?> run = this.engine.run("order", "r", "x");
		await().until(() -> run.status() == WorkflowStatus.SUSPENDED);

		this.engine.client().failRun("r", "the customer has gone");

		assertFailed(run);
		assertThat(this.seen).containsExactly("reserve", "charge", "cancelled", "release");
	}

	@Test
	void aRunThatHasNotBegunFailsWithoutItsCode() {
		this.engine.start();
		WorkflowHandle<?> run = this.engine.client()
			.start("order", StartOptions.defaults().id("r").delay(Duration.ofDays(1)), "x");

		this.engine.client().failRun("r", "the customer has gone");

		assertFailed(run);
		assertThat(this.seen).isEmpty();
	}

	@Test
	void aRunWhoseWorkflowIsUnknownFailsWhenItIsKnownAgain() {
		paused();
		this.engine.crash().withoutWorkflow("order").start();
		WorkflowHandle<?> run = this.engine.client().handle("r");
		await().until(() -> isPausedWith(run, "KRAFT-1006"));

		this.engine.client().failRun("r", "the customer has gone");
		await().until(() -> isPausedWith(run, "KRAFT-1006"));
		define(this.engine.crash());
		this.engine.start();

		assertFailed(this.engine.client().handle("r"));
	}

	@Test
	void anItemOfAQueueIsDead() {
		this.engine.queue(WorkQueue.named("mails")).namedStep(MAIL, (argument) -> charge()).start();
		WorkflowHandle<?> item = this.engine.enqueue("mails", EnqueueOptions.defaults().delay(Duration.ofDays(1)),
				"mail", "x");

		this.engine.client().failRun(item.id(), "the customer has gone");

		await().until(() -> item.status().isTerminal());
		assertThat(item.status()).isEqualTo(WorkflowStatus.DEAD);
	}

	@Test
	void aRunOfWhichNothingIsUndoneGoesOnWhenItIsRetried() {
		this.engine.workflow("w", String.class, (argument) -> this.engine.step(PAUSES, this::charge)).start();
		WorkflowHandle<?> run = this.engine.run("w", "r", "x");
		await().until(() -> isPausedWith(run, "KRAFT-2009"));
		this.engine.client().failRun("r", "the customer has gone");
		assertFailed(run);

		this.isDown.set(false);
		this.engine.client().retry("r");

		assertThat(run.result()).isEqualTo("charged");
	}

	@Test
	void aSecondRequestAndOneAfterTheEndChangeNothing() {
		WorkflowHandle<?> run = paused();

		this.engine.client().failRun("r", "the customer has gone");
		this.engine.client().failRun("r", "again");
		assertFailed(run);
		this.engine.client().failRun("r", "and again");

		assertFailed(run);
		assertThatExceptionOfType(WorkflowNotFoundException.class)
			.isThrownBy(() -> this.engine.client().failRun("unknown", "why"));
	}

	@Test
	void aReasonThatCannotBeKeptIsRefused() {
		WorkflowHandle<?> run = paused();

		assertThatExceptionOfType(InvalidCallException.class)
			.isThrownBy(() -> this.engine.client().failRun("r", "half \uD83D"))
			.withMessageContaining("reason");
		assertThat(run.status()).isEqualTo(WorkflowStatus.PAUSED);
	}

	@TestFactory
	Stream<DynamicTest> theRequestOutlivesACrashAtEachCommit() {
		int commits = pauseAndFail(CrashPoint.NONE).commits();
		assertThat(commits).isGreaterThan(4);
		return CrashPoint.tests(commits, this.parked, this::pauseAndFail);
	}

	private Crash pauseAndFail(CrashPoint point) {
		this.seen.clear();
		try (TestEngine other = new TestEngine().with((builder) -> builder.maxParkedWorkflows(this.parked))) {
			Crash crash = point.in(other);
			define(other);
			other.start();
			try {
				failWhenPaused(other);
			}
			catch (KraftException ex) {
				crash.check(ex);
			}
			// It may also have crashed just behind the end.
			other.crashAndStart();
			failWhenPaused(other);
			assertFailed(other.client().handle("r"));
			return crash;
		}
	}

	private static void failWhenPaused(TestEngine engine) {
		WorkflowHandle<?> run = engine.run("order", "r", "x");
		while (!run.status().isTerminal()) {
			engine.failure().ifPresent((cause) -> {
				throw new EngineStoppedException("the store has failed: " + cause);
			});
			if (run.status() == WorkflowStatus.PAUSED) {
				engine.client().failRun("r", "the customer has gone");
			}
		}
		try {
			run.result();
		}
		catch (WorkflowFailedException ex) {
			// It was not the last commit at which it crashed.
		}
	}

	private WorkflowHandle<?> paused() {
		this.engine.start();
		WorkflowHandle<?> run = this.engine.run("order", "r", "x");
		await().until(() -> isPausedWith(run, "KRAFT-2009"));
		return run;
	}

	private static boolean isPausedWith(WorkflowHandle<?> run, String code) {
		return run.status() == WorkflowStatus.PAUSED && String.valueOf(run.describe().reason()).contains(code);
	}

	private void define(TestEngine engine) {
		engine.workflow("order", String.class, (argument) -> {
			engine.step("reserve", String.class, () -> seen("reserve"));
			this.workflow.onFailure("release", () -> engine.step("release", String.class, () -> seen("release")));
			try {
				engine.step(PAUSES, this::charge);
				return this.workflow.awaitSignal("paid", String.class);
			}
			catch (WorkflowCancelledException ex) {
				seen("cancelled");
				throw ex;
			}
		});
	}

	private String charge() {
		this.seen.add("charge");
		if (this.isDown.get()) {
			throw new IllegalStateException("down");
		}
		return "charged";
	}

	private String seen(String what) {
		this.seen.add(what);
		return what;
	}

	private static void assertFailed(WorkflowHandle<?> run) {
		await().until(() -> run.status().isTerminal());
		assertThat(run.status()).isEqualTo(WorkflowStatus.FAILED);
		assertThatExceptionOfType(WorkflowFailedException.class).isThrownBy(run::result)
			.havingCause()
			.isInstanceOf(WorkflowFailedOnRequestException.class)
			.withMessageContaining("the customer has gone");
	}

}
