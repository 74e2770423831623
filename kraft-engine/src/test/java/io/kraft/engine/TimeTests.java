package io.kraft.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.ResultStyle;
import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.store.Store;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.RetryableStepException;
import io.kraft.workflow.StepContext;
import io.kraft.workflow.StepTimeoutException;
import io.kraft.workflow.WorkflowContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Retention, time-outs, and the timers that runs leave on disk.
 */
@Timeout(60)
class TimeTests {

	private final TestEngine engine = new TestEngine();

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	@AfterEach
	void close() {
		this.engine.close();
	}

	@Test
	void finishedRunsAreRemovedAfterTheirRetentionAndOthersAreKept() {
		MethodSignature signature = MethodSignature.of(String.class, String.class);
		this.engine
			.workflow(new WorkflowDefinition("brief", 1, signature, ResultStyle.PLAIN, (arguments) -> null, null,
					Duration.ofHours(1), 0, (arguments) -> "done", null))
			.workflow("usual", String.class, (argument) -> "done")
			.workflow("sleeper", String.class, (argument) -> {
				this.workflow.sleep(Duration.ofDays(30));
				return "done";
			})
			.start();
		this.engine.run("brief", "brief", "x").result();
		this.engine.run("usual", "usual", "x").result();
		WorkflowHandle<?> sleeper = this.engine.run("sleeper", "sleeper", "x");
		await().until(() -> sleeper.status() == WorkflowStatus.SUSPENDED);

		this.engine.time().advance(Duration.ofMinutes(58));
		assertThat(this.engine.client().find("brief")).isPresent();
		awaitGone("brief");
		assertThat(this.engine.client().find("usual")).isPresent();

		this.engine.crash();
		this.engine.time().advance(Duration.ofDays(8));
		this.engine.start();
		awaitGone("usual");
		assertThat(this.engine.client().handle("sleeper").status()).isEqualTo(WorkflowStatus.SUSPENDED);
		assertThat(this.engine.finish(this.engine.client().handle("sleeper"))).isEqualTo("done");
		assertThat(this.engine.run("usual", "usual", "x").result()).as("the id is free again").isEqualTo("done");
	}

	private void awaitGone(String id) {
		await().until(() -> {
			this.engine.time().advance(Duration.ofMinutes(1));
			return this.engine.client().find(id).isEmpty();
		});
	}

	@Test
	void anAttemptOverItsTimeIsInterruptedAndCountsAsFailed() {
		List<Integer> attempts = Collections.synchronizedList(new ArrayList<>());
		List<Boolean> interrupted = Collections.synchronizedList(new ArrayList<>());
		StepDefinition slow = StepDefinition
			.of("slow", MethodSignature.of(String.class), RetryPolicy.defaults().withMaxAttempts(3))
			.withTimeout(Duration.ofSeconds(5));
		this.engine.workflow("order", String.class, (argument) -> {
			String result;
			try {
				result = this.engine.step(slow, () -> {
					attempts.add(StepContext.current().attempt());
					new CountDownLatch(1).await();
					return "never";
				});
			}
			catch (StepTimeoutException ex) {
				result = ex.getMessage();
			}
			interrupted.add(Thread.currentThread().isInterrupted());
			this.engine.step("after", void.class, () -> {
				interrupted.add(Thread.currentThread().isInterrupted());
				return null;
			});
			return result;
		}).start();

		Object result = this.engine.finish(this.engine.run("order", "order-7", "x"));

		assertThat(attempts).containsExactly(1, 2, 3);
		assertThat(result).asString().startsWith("KRAFT-2008").contains("attempt 3", "'slow'", "'order-7'", "PT5S");
		assertThat(interrupted).containsExactly(false, false);
	}

	@Test
	void anAttemptThatReturnsAfterItsTimeHasFailedAllTheSame() {
		AtomicInteger attempts = new AtomicInteger();
		StepDefinition slow = StepDefinition.of("slow", MethodSignature.of(String.class), RetryPolicy.defaults())
			.withTimeout(Duration.ofSeconds(5));
		this.engine.workflow("order", String.class, (argument) -> this.engine.step(slow, () -> {
			if (attempts.incrementAndGet() == 1) {
				try {
					new CountDownLatch(1).await();
				}
				catch (InterruptedException ex) {
					return "late";
				}
			}
			return "in time, attempt " + StepContext.current().attempt();
		})).start();

		// The clock runs on while the second attempt does, and may cut that off, too.
		assertThat(this.engine.finish(this.engine.run("order", "order-7", "x"))).asString()
			.startsWith("in time")
			.isNotEqualTo("in time, attempt 1");
	}

	@Test
	void anInterruptThatAStepLeavesBehindHarmsNothing() {
		this.engine.workflow("order", String.class, (argument) -> {
			this.engine.step("rude", void.class, () -> {
				Thread.currentThread().interrupt();
				return null;
			});
			this.workflow.sleep(Duration.ofHours(1));
			return this.engine.step("after", String.class, () -> "after " + Thread.interrupted());
		}).start();

		assertThat(this.engine.finish(this.engine.run("order", "order-7", "x"))).isEqualTo("after false");
	}

	@Test
	void aRunThatWasPausedInARetryLeavesNoTimerBehind() {
		defineFlaky();
		this.engine.start();
		WorkflowHandle<?> run = this.engine.run("flaky", "f", "x");
		await().until(() -> run.status() == WorkflowStatus.SUSPENDED);
		this.engine.crash().withoutWorkflow("flaky").start();
		this.engine.time().advance(Duration.ofMinutes(10));
		await().until(() -> this.engine.client().handle("f").status() == WorkflowStatus.PAUSED);

		defineFlaky();
		this.engine.crashAndStart();
		assertThat(this.engine.finish(this.engine.client().handle("f"))).isEqualTo("up");

		this.engine.crash();
		try (Store store = this.engine.mediumOf("f").open()) {
			assertThat(store.timers(null, 10)).isEmpty();
		}
	}

	@Test
	void aStepWhoseArgumentsCanBeWrittenNoMoreAfterItsWaitLeavesNoTimerBehind() {
		List<Object> arguments = Collections.synchronizedList(new ArrayList<>(List.of("x")));
		StepDefinition step = StepDefinition.of("call", MethodSignature.of(String.class, Object.class),
				RetryPolicy.defaults().withInitialDelay(Duration.ofHours(1)).withMaxDelay(Duration.ofHours(1)));
		this.engine.workflow("flaky", String.class, (argument) -> this.engine.call(step, (called) -> {
			throw new IllegalStateException("down");
		}, arguments.getFirst())).start();
		WorkflowHandle<?> run = this.engine.run("flaky", "f", "x");
		await().until(() -> run.status() == WorkflowStatus.SUSPENDED);

		this.engine.crash();
		arguments.set(0, new Thread("cannot be written"));
		this.engine.start();
		this.engine.time().advance(Duration.ofHours(2));
		await().until(() -> this.engine.client().handle("f").status() == WorkflowStatus.FAILED);

		this.engine.crash();
		try (Store store = this.engine.mediumOf("f").open()) {
			assertThat(store.timers(null, 10)).isEmpty();
		}
	}

	@Test
	void aRetryIsNotANanosecondEarlierThanAskedFor() {
		List<Instant> entered = Collections.synchronizedList(new ArrayList<>());
		Duration delay = Duration.ofSeconds(1).plusNanos(1);
		this.engine.workflow("flaky", String.class, (argument) -> this.engine.step("call", String.class, () -> {
			entered.add(this.engine.time().instant());
			if (StepContext.current().attempt() == 1) {
				throw new RetryableStepException("later", delay);
			}
			return "up";
		})).start();

		WorkflowHandle<?> run = this.engine.run("flaky", "f", "x");
		await().until(() -> run.status() == WorkflowStatus.SUSPENDED);
		this.engine.time().advance(Duration.ofSeconds(1));
		this.engine.time().advance(Duration.ofMillis(1));
		run.result();

		assertThat(Duration.between(entered.get(0), entered.get(1))).isGreaterThanOrEqualTo(delay);
		this.engine.crash();
		try (Store store = this.engine.mediumOf("f").open()) {
			assertThat(store.timers(null, 10)).isEmpty();
		}
	}

	private void defineFlaky() {
		this.engine.workflow("flaky", String.class, (argument) -> this.engine.step("call", String.class, () -> {
			if (StepContext.current().attempt() == 1) {
				throw new RetryableStepException("later", Duration.ofMinutes(10));
			}
			return "up";
		}));
	}

	@Test
	void sleepsOfOddLengthsAreBounded() {
		this.engine.workflow("odd", String.class, (argument) -> {
			this.workflow.sleep(Duration.ZERO);
			this.workflow.sleep(Duration.ofSeconds(Long.MIN_VALUE));
			this.workflow.sleep(Duration.ofNanos(1));
			this.workflow.sleepUntil(Instant.MIN);
			this.workflow.sleepUntil(Instant.EPOCH);
			return "awake";
		}).workflow("forever", String.class, (argument) -> {
			this.workflow.sleep(Duration.ofSeconds(Long.MAX_VALUE));
			return "awake";
		}).workflow("last", String.class, (argument) -> {
			this.workflow.sleepUntil(Instant.MAX);
			return "awake";
		}).start();

		assertThat(this.engine.finish(this.engine.run("odd", "o", "x"))).isEqualTo("awake");
		for (String name : List.of("forever", "last")) {
			WorkflowHandle<?> run = this.engine.run(name, name, "x");
			await().until(() -> run.status() == WorkflowStatus.SUSPENDED);
			assertThat(run.describe().waitingFor()).contains("timer, due 9999-12-31T23:59:59Z");
		}
		this.engine.crashAndStart();
		assertThat(this.engine.client().handle("forever").status()).isEqualTo(WorkflowStatus.SUSPENDED);
	}

}
