package io.kraft.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.store.Timer;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.WorkflowCancelledException;
import io.kraft.workflow.WorkflowContext;
import io.kraft.workflow.WorkflowTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Time-outs of whole runs, with waiting runs kept in memory and unloaded.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@ParameterizedClass(name = "{0} waiting runs in memory")
@ValueSource(ints = { 0, 10_000 })
class TimeoutTests {

	private final TestEngine engine = new TestEngine();

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

	private final CountDownLatch gate = new CountDownLatch(1);

	TimeoutTests(int parked) {
		this.engine.with((builder) -> builder.maxParkedWorkflows(parked));
		this.engine.workflow("sleeper", String.class, (argument) -> {
			this.workflow.sleep(Duration.ofDays(1));
			return "slept";
		});
	}

	@AfterEach
	void close() {
		this.gate.countDown();
		this.engine.close();
	}

	private List<Timer> timers() {
		return this.engine.stores().stream().flatMap((store) -> store.timers(null, 10).stream()).toList();
	}

	@Test
	void aRunWhoseTimeIsOverEndsAsTimedOut() {
		this.engine.start();
		WorkflowHandle<?> run = runWithin("sleeper", Duration.ofHours(1));
		await().until(() -> run.status() == WorkflowStatus.SUSPENDED);

		this.engine.time().advance(Duration.ofHours(1));

		assertTimedOut(run);
		assertThat(run.describe().failure()).satisfies((failure) -> assertThat(failure).contains("KRAFT-2007"));
		assertThat(timers()).isEmpty();
	}

	@Test
	void theTimeOfARunGoesOnThroughCrashes() {
		this.engine.start();
		await().until(() -> runWithin("sleeper", Duration.ofHours(3)).status() == WorkflowStatus.SUSPENDED);

		for (int hour = 1; hour <= 3; hour++) {
			assertThat(this.engine.client().handle("s").status()).isEqualTo(WorkflowStatus.SUSPENDED);
			this.engine.crashAndStart();
			this.engine.time().advance(Duration.ofHours(1));
		}

		assertTimedOut(this.engine.client().handle("s"));
	}

	@Test
	void aTimeThatWasOverBeforeASleepIsWhatEndsTheRunThoughBothPassedWhileTheEngineWasDown() {
		this.engine.start();
		await().until(() -> runWithin("sleeper", Duration.ofHours(1)).status() == WorkflowStatus.SUSPENDED);

		this.engine.crash();
		this.engine.time().advance(Duration.ofDays(2));
		this.engine.start();
		this.engine.time().advance(Duration.ZERO);

		assertTimedOut(this.engine.client().handle("s"));
	}

	@Test
	void theDefinitionOfAWorkflowGivesItsRunsTheirTime() {
		this.engine
			.workflow(WorkflowDefinition.of("brief", MethodSignature.of(String.class, String.class), (arguments) -> {
				this.workflow.awaitSignal("never", String.class);
				return "heard";
			}).withTimeout(Duration.ofHours(1)))
			.start();
		WorkflowHandle<?> run = this.engine.run("brief", "b", "x");
		await().until(() -> run.status() == WorkflowStatus.SUSPENDED);

		this.engine.time().advance(Duration.ofHours(1));

		assertTimedOut(run);
	}

	@Test
	void aRunThatEndsInTimeLeavesNoTimer() {
		this.engine.workflow("quick", String.class, (argument) -> {
			this.workflow.sleep(Duration.ofMinutes(1));
			return "done";
		}).start();
		WorkflowHandle<?> run = runWithin("quick", Duration.ofHours(1));
		await().until(() -> run.status() == WorkflowStatus.SUSPENDED);
		assertThat(timers()).hasSize(2);

		this.engine.time().advance(Duration.ofMinutes(1));

		assertThat(run.result()).isEqualTo("done");
		assertThat(timers()).isEmpty();
		this.engine.time().advance(Duration.ofHours(2));
		assertThat(run.status()).isEqualTo(WorkflowStatus.COMPLETED);
	}

	@Test
	void aStepIsNotInterruptedAndTheNextDurableCallThrows() {
		this.engine.workflow("worker", String.class, (argument) -> {
			this.seen.add(this.engine.step("work", String.class, () -> {
				this.seen.add("working");
				this.gate.await();
				return "worked";
			}));
			try {
				return this.engine.step("more", String.class, () -> "more");
			}
			catch (WorkflowCancelledException ex) {
				this.seen.add("stopped");
				throw ex;
			}
		}).start();
		WorkflowHandle<?> run = runWithin("worker", Duration.ofHours(1));
		await().until(() -> this.seen.contains("working"));

		this.engine.time().advance(Duration.ofHours(1));
		this.gate.countDown();

		assertTimedOut(run);
		assertThat(this.seen).containsExactly("working", "worked", "stopped");
	}

	@Test
	void theTimeOfARunThatWaitsForItsTurnPasses() {
		this.engine.with((builder) -> builder.maxConcurrentWorkflows(1))
			.workflow("blocker", String.class, (argument) -> {
				this.gate.await();
				return "done";
			})
			.start();
		this.engine.run("blocker", "b", "x");
		WorkflowHandle<?> run = runWithin("sleeper", Duration.ofHours(1));
		assertThat(run.status()).isEqualTo(WorkflowStatus.PENDING);

		this.engine.time().advance(Duration.ofHours(1));
		this.gate.countDown();

		assertTimedOut(run);
		assertThat(this.engine.client().operations("s")).extracting((view) -> view.kind()).doesNotContain("timer");
	}

	private WorkflowHandle<?> runWithin(String name, Duration timeout) {
		return this.engine.client().start(name, StartOptions.defaults().id("s").timeout(timeout), "x");
	}

	private static void assertTimedOut(WorkflowHandle<?> run) {
		assertThatExceptionOfType(WorkflowTimeoutException.class).isThrownBy(() -> run.result(Duration.ofSeconds(20)))
			.withMessageStartingWith("KRAFT-2007");
		assertThat(run.status()).isEqualTo(WorkflowStatus.TIMED_OUT);
	}

}
