package io.kraft.engine;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import io.kraft.client.OperationView;
import io.kraft.client.ResultTimeoutException;
import io.kraft.client.WorkflowDescription;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.testing.CapturedLog;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.NotInWorkflowException;
import io.kraft.workflow.StepContext;
import io.kraft.workflow.WorkflowContext;
import io.kraft.workflow.WorkflowFailedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * What a workflow's code sees, live and after crashes, whether its waits are kept in
 * memory or not.
 */
@ParameterizedClass(name = "max-parked-workflows {0}")
@ValueSource(ints = { 10_000, 0 })
class WorkflowExecutionTests {

	private final TestEngine engine = new TestEngine();

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	WorkflowExecutionTests(int maxParked) {
		this.engine.with((builder) -> builder.maxParkedWorkflows(maxParked));
	}

	@AfterEach
	void close() {
		this.engine.close();
	}

	@Test
	void aWorkflowCallsItsStepsAndReturnsItsResult() {
		this.engine
			.workflow("greet", String.class, (name) -> this.engine.step("hello", String.class, () -> "Hello " + name))
			.start();

		Object result = this.engine.run("greet", "run-1", "Ada").result();

		assertThat(result).isEqualTo("Hello Ada");
	}

	@Test
	void aStepThatFailedForWantOfAClassFailsItsRunWhichCanBeRetried() {
		StepDefinition charge = StepDefinition.of("charge", MethodSignature.of(String.class),
				RetryPolicy.defaults().withMaxAttempts(1));
		AtomicInteger attempts = new AtomicInteger();
		this.engine.workflow("order", String.class, (name) -> this.engine.step(charge, () -> {
			if (attempts.incrementAndGet() == 1) {
				throw new NoClassDefFoundError("Bank");
			}
			return "charged";
		})).start();
		WorkflowHandle<?> run = this.engine.run("order", "run-1", "Ada");
		assertThatThrownBy(() -> run.result(Duration.ofSeconds(10))).isInstanceOf(WorkflowFailedException.class)
			.hasMessageContaining("NoClassDefFoundError");

		this.engine.client().retry("run-1");

		assertThat(run.result(Duration.ofSeconds(10))).isEqualTo("charged");
	}

	@Test
	void whatFailsIsLoggedAsPerhapsNobodyWaitsForIt() {
		AtomicInteger attempts = new AtomicInteger();
		this.engine.workflow("order", void.class, (name) -> {
			this.engine.step("charge", void.class, () -> {
				if (attempts.incrementAndGet() == 1) {
					throw new IllegalStateException("the bank is closed");
				}
				return null;
			});
			throw new IllegalArgumentException("no such lamp");
		}).start();

		try (CapturedLog log = CapturedLog.of("io.kraft.engine")) {
			WorkflowHandle<?> run = this.engine.run("order", "order-1", "x");
			assertThatThrownBy(() -> this.engine.finish(run)).isInstanceOf(WorkflowFailedException.class);

			assertThat(log.lines()).containsExactly(
					"INFO Attempt 1 of step 'charge' of run 'order-1' failed and is followed by another: "
							+ "java.lang.IllegalStateException: the bank is closed",
					"WARN Run 'order-1' (order) failed: java.lang.IllegalArgumentException: no such lamp");
		}
	}

	@Test
	void aStepThatAsksForWhatOnlyItsWorkflowMayIsNotTriedAgain() {
		AtomicInteger attempts = new AtomicInteger();
		this.engine.workflow("order", void.class, (name) -> this.engine.step("nap", void.class, () -> {
			attempts.incrementAndGet();
			this.workflow.sleep(Duration.ofHours(1));
			return null;
		})).start();

		assertThatThrownBy(() -> this.engine.finish(this.engine.run("order", "order-1", "x")))
			.hasCauseInstanceOf(NotInWorkflowException.class);
		assertThat(attempts).hasValue(1);
	}

	@Test
	void whoWaitsForAPausedRunIsToldWhyItIsPaused() {
		this.engine.workflow("order", void.class, (name) -> {
			this.workflow.sleep(Duration.ofHours(1));
			return null;
		}).start();
		WorkflowHandle<?> run = this.engine.run("order", "order-1", "x");
		await().until(() -> run.status() == WorkflowStatus.SUSPENDED);
		this.engine.crash();
		this.engine.withoutWorkflow("order").start();
		this.engine.time().advance(Duration.ofHours(1));
		await().until(() -> this.engine.client().handle("order-1").status() == WorkflowStatus.PAUSED);

		assertThatThrownBy(() -> this.engine.client().handle("order-1").result(Duration.ZERO))
			.isInstanceOf(ResultTimeoutException.class)
			.hasMessageContaining("PAUSED, and it does not continue before its cause is fixed (KRAFT-1006: ")
			.hasMessageNotContaining("it goes on");
	}

	@Test
	void aRecordedStepIsNotEnteredAgainAfterACrash() {
		AtomicInteger entered = new AtomicInteger();
		this.engine.workflow("order", String.class, (name) -> {
			String charged = this.engine.step("charge", String.class, () -> "charge-" + entered.incrementAndGet());
			this.workflow.sleep(Duration.ofHours(1));
			return charged;
		}).start();
		WorkflowHandle<?> run = this.engine.run("order", "order-1", "x");
		await().until(() -> run.status() == WorkflowStatus.SUSPENDED);

		this.engine.crashAndStart();

		assertThat(this.engine.finish(this.engine.client().handle("order-1"))).isEqualTo("charge-1");
		assertThat(entered).hasValue(1);
	}

	@Test
	void aSleepIsNeverShorterThanAskedForAndSurvivesACrash() {
		List<Instant> woken = new ArrayList<>();
		this.engine.workflow("nap", void.class, (name) -> {
			this.workflow.sleep(Duration.ofDays(30));
			woken.add(this.workflow.now());
			return null;
		}).start();
		Instant begun = this.engine.time().instant();
		WorkflowHandle<?> run = this.engine.run("nap", "nap-1", "x");
		await().until(() -> run.status() == WorkflowStatus.SUSPENDED);
		this.engine.time().advance(Duration.ofDays(29));

		this.engine.crashAndStart();
		assertThat(this.engine.client().handle("nap-1").describe().waitingFor())
			.satisfies((waiting) -> assertThat(waiting).startsWith("timer, due " + begun.plus(Duration.ofDays(30))));
		this.engine.finish(this.engine.client().handle("nap-1"));

		assertThat(woken).singleElement()
			.satisfies((at) -> assertThat(at).isAfterOrEqualTo(begun.plus(Duration.ofDays(30))));
	}

	@Test
	void timeAndChanceAreTheSameOnReplay() {
		List<List<Object>> seen = new ArrayList<>();
		this.engine.workflow("chance", String.class, (name) -> {
			Instant now = this.workflow.now();
			UUID uuid = this.workflow.randomUuid();
			long drawn = this.workflow.random().nextLong();
			String effect = this.workflow.sideEffect("token", String.class, () -> UUID.randomUUID().toString());
			seen.add(List.of(now, uuid, drawn, effect));
			this.workflow.sleep(Duration.ofHours(1));
			return effect;
		}).start();
		WorkflowHandle<?> run = this.engine.run("chance", "c", "x");
		await().until(() -> run.status() == WorkflowStatus.SUSPENDED);

		this.engine.crashAndStart();
		this.engine.finish(this.engine.client().handle("c"));

		assertThat(seen).hasSize(2);
		assertThat(seen.get(0)).isEqualTo(seen.get(1));
	}

	@Test
	void stateIsReadAsOfThePointOfTheCode() {
		List<List<Object>> seen = new ArrayList<>();
		this.engine.workflow("state", void.class, (name) -> {
			var state = this.workflow.state();
			List<Object> reads = new ArrayList<>();
			reads.add(state.get("n", Integer.class));
			state.set("n", 1);
			reads.add(state.get("n", Integer.class));
			this.workflow.sleep(Duration.ofHours(1));
			state.set("n", 2);
			state.set("m", "x");
			reads.add(state.get("n", Integer.class));
			state.clear("n");
			reads.add(state.keys());
			state.clear();
			reads.add(state.keys());
			seen.add(reads);
			this.workflow.sleep(Duration.ofHours(1));
			return null;
		}).start();
		WorkflowHandle<?> run = this.engine.run("state", "s", "x");
		await().until(() -> run.status() == WorkflowStatus.SUSPENDED);
		this.engine.crashAndStart();
		this.engine.time().advance(Duration.ofHours(1));
		await().until(() -> seen.size() == 1);
		await().until(() -> this.engine.client().handle("s").describe().waitingFor() != null);

		this.engine.crashAndStart();
		this.engine.finish(this.engine.client().handle("s"));

		assertThat(seen).hasSize(2);
		assertThat(seen.get(0)).isEqualTo(seen.get(1));
		assertThat(seen.get(0)).hasToString("[Optional.empty, Optional[1], Optional[2], [m], []]");
	}

	@Test
	void aFailingStepIsRetriedUntilItSucceedsWithTheSameKey() {
		List<String> keys = new ArrayList<>();
		this.engine.workflow("flaky", String.class, (name) -> this.engine.step("call", String.class, () -> {
			keys.add(StepContext.current().idempotencyKey());
			if (StepContext.current().attempt() < 3) {
				throw new IOException("attempt " + StepContext.current().attempt());
			}
			return "attempt " + StepContext.current().attempt();
		})).start();

		Object result = this.engine.finish(this.engine.run("flaky", "f", "x"));

		assertThat(result).isEqualTo("attempt 3");
		assertThat(keys).hasSize(3).containsOnly(keys.get(0));
	}

	@Test
	void failedAttemptsAreCountedAcrossACrash() {
		List<Integer> attempts = new ArrayList<>();
		this.engine.workflow("flaky", String.class, (name) -> this.engine.step("call", String.class, () -> {
			attempts.add(StepContext.current().attempt());
			if (attempts.size() < 8) {
				throw new IOException("down");
			}
			return "up";
		})).start();
		this.engine.run("flaky", "f", "x");
		while (attempts.size() < 6) {
			this.engine.moveToNextDue();
			Thread.onSpinWait();
		}
		await().until(() -> this.engine.client().handle("f").status() == WorkflowStatus.SUSPENDED);
		this.engine.awaitQuiet();
		WorkflowDescription waiting = this.engine.client().handle("f").describe();

		this.engine.crashAndStart();

		assertThat(this.engine.finish(this.engine.client().handle("f"))).isEqualTo("up");
		assertThat(waiting.currentStep()).contains("call");
		assertThat(attempts).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
	}

	@Test
	void aStepThatFailsForGoodFailsTheRunWithItsOwnException() {
		AtomicInteger attempts = new AtomicInteger();
		this.engine.workflow("hopeless", String.class, (name) -> this.engine.step("call", String.class, () -> {
			attempts.incrementAndGet();
			throw new IllegalArgumentException("no such card");
		})).start();

		WorkflowHandle<?> run = this.engine.run("hopeless", "h", "x");

		assertThatThrownBy(() -> this.engine.finish(run)).isInstanceOf(WorkflowFailedException.class)
			.hasMessageStartingWith("KRAFT-2005")
			.cause()
			.isInstanceOf(IllegalArgumentException.class)
			.hasMessage("no such card");
		assertThat(attempts).hasValue(20);
		assertThat(run.describe().failure()).contains("java.lang.IllegalArgumentException: no such card");
	}

	@Test
	void theJournalShowsEachOperationInOrder() {
		this.engine.workflow("order", String.class, (name) -> {
			this.engine.step("charge", String.class, () -> "paid");
			this.workflow.sleep(Duration.ofHours(1));
			return this.workflow.sideEffect("token", String.class, () -> "t");
		}).start();
		this.engine.finish(this.engine.run("order", "o", "x"));

		List<OperationView> journal = this.engine.client().operations("o");

		assertThat(journal).extracting(OperationView::position).containsExactly("", "1", "2", "3", "");
		assertThat(journal).extracting(OperationView::kind)
			.containsExactly("start", "step", "timer", "side-effect", "end");
		assertThat(journal.get(0).arguments()).contains("[\"x\"]");
		assertThat(journal.get(1).outcome()).contains("\"paid\"");
		assertThat(journal.get(1).attempts()).isEqualTo(1);
		assertThat(journal.get(2).dueAt()).isNotNull();
		assertThat(journal.get(4).outcome()).contains("\"t\"");
	}

}
