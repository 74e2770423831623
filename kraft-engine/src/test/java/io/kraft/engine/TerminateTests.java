package io.kraft.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowEndedException;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowNotFoundException;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.reliability.Proves;
import io.kraft.engine.store.Change;
import io.kraft.engine.testing.HoldingStore;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.WorkflowCancelledException;
import io.kraft.workflow.WorkflowContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Termination of runs, with waiting runs kept in memory and unloaded.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@ParameterizedClass(name = "{0} waiting runs in memory")
@ValueSource(ints = { 0, 10_000 })
@Proves(fault = "Runs are terminated in each state", promise = "They end, and nothing of them continues")
class TerminateTests {

	private final TestEngine engine = new TestEngine();

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

	private final CountDownLatch gate = new CountDownLatch(1);

	TerminateTests(int parked) {
		this.engine.with((builder) -> builder.maxParkedWorkflows(parked));
		this.engine.workflow("sleeper", String.class, (argument) -> {
			this.seen.add("entered");
			try {
				this.workflow.sleep(Duration.ofDays(1));
				return "slept";
			}
			finally {
				this.workflow
					.nonCancellable(() -> this.seen.add(this.engine.step("clean", String.class, () -> "cleaned")));
			}
		});
		this.engine.workflow("workers", String.class, (argument) -> {
			List<String> worked = this.workflow.parallel(List.of(() -> work("a"), () -> work("b")));
			return worked.toString();
		});
	}

	private String work(String name) {
		return this.engine.step(name, String.class, () -> {
			this.seen.add("working");
			try {
				this.gate.await();
			}
			catch (InterruptedException ex) {
				this.seen.add("interrupted");
				throw ex;
			}
			return name;
		});
	}

	@AfterEach
	void close() {
		this.gate.countDown();
		this.engine.close();
	}

	@Test
	void aRunWhoseTimerIsDueBeforeItsTerminationIsDurableIsNotLoadedAgain() throws InterruptedException {
		AtomicReference<HoldingStore> held = new AtomicReference<>();
		this.engine.withStoreOf("s", (store) -> {
			held.set(new HoldingStore(store, (change) -> change instanceof Change.RunChanged changed
					&& changed.after().status() == WorkflowStatus.TERMINATED));
			return held.get();
		}).start();
		WorkflowHandle<?> run = this.engine.run("sleeper", "s", "x");
		await().until(() -> run.status() == WorkflowStatus.SUSPENDED);

		Thread terminating = Thread.ofPlatform().start(() -> this.engine.client().terminate("s"));
		held.get().awaitReached();
		this.engine.time().advance(Duration.ofDays(1));
		held.get().release();
		terminating.join();

		await().until(() -> this.engine.engine().health().executingRuns() == 0);
		assertThat(run.status()).isEqualTo(WorkflowStatus.TERMINATED);
		assertThat(this.seen).containsExactly("entered");
	}

	@Test
	void aRunThatWaitsEndsAtOnceAndNothingOfItGoesOn() {
		this.engine.start();
		WorkflowHandle<?> run = this.engine.client()
			.start("sleeper", StartOptions.defaults().id("s").timeout(Duration.ofDays(2)), "x");
		await().until(() -> run.status() == WorkflowStatus.SUSPENDED);

		this.engine.client().terminate("s");

		assertTerminated("s");
		this.engine.time().advance(Duration.ofDays(3));
		assertThatExceptionOfType(WorkflowEndedException.class).isThrownBy(() -> run.signal("a", "b"));
		await().until(() -> this.engine.stores().stream().allMatch((store) -> store.timers(null, 10).isEmpty()));
		int entered = this.seen.size();
		this.engine.crashAndStart();
		this.engine.time().advance(Duration.ofDays(3));
		assertTerminated("s");
		assertThat(this.seen).hasSize(entered).doesNotContain("cleaned");
	}

	@Test
	void stepsThatRunAreInterruptedAndNotRecorded() {
		this.engine.start();
		this.engine.run("workers", "w", "x");
		await().until(() -> Collections.frequency(this.seen, "working") == 2);

		this.engine.client().terminate("w");
		this.engine.client().terminate("w");

		assertTerminated("w");
		await().until(() -> Collections.frequency(this.seen, "interrupted") == 2);
		await().until(() -> this.engine.engine().health().executingRuns() == 0);
		assertThat(this.engine.client().operations("w")).extracting((view) -> view.kind()).doesNotContain("step");
	}

	@Test
	void aRunThatWaitsForItsTurnEndsAtOnce() {
		this.engine.with((builder) -> builder.maxConcurrentWorkflows(1)).start();
		this.engine.run("workers", "w", "x");
		// Elsewhere, the second one may begin first.
		await().until(() -> this.seen.contains("working"));
		assertThat(this.engine.run("sleeper", "s", "x").status()).isEqualTo(WorkflowStatus.PENDING);

		this.engine.client().terminate("s");

		assertTerminated("s");
		this.gate.countDown();
		assertThat(this.engine.client().handle("w").result()).isEqualTo("[a, b]");
		assertThat(this.seen).doesNotContain("entered");
	}

	@Test
	void aPausedRunWhoseCodeIsUnknownEnds() {
		this.engine.start();
		WorkflowHandle<?> run = this.engine.run("sleeper", "s", "x");
		await().until(() -> run.status() == WorkflowStatus.SUSPENDED);
		this.engine.crash().withoutWorkflow("sleeper").start();
		this.engine.time().advance(Duration.ofDays(1));
		await().until(() -> this.engine.client().handle("s").status() == WorkflowStatus.PAUSED);

		this.engine.client().terminate("s");

		assertTerminated("s");
	}

	@Test
	void anEndedRunStaysAsItIsAndAnUnknownOneIsAnError() {
		this.engine.workflow("quick", String.class, (argument) -> "done").start();
		WorkflowHandle<?> run = this.engine.run("quick", "q", "x");
		run.result();

		this.engine.client().terminate("q");

		assertThat(run.status()).isEqualTo(WorkflowStatus.COMPLETED);
		assertThatExceptionOfType(WorkflowNotFoundException.class)
			.isThrownBy(() -> this.engine.client().terminate("unknown"));
	}

	private void assertTerminated(String id) {
		WorkflowHandle<?> run = this.engine.client().handle(id);
		assertThat(run.status()).isEqualTo(WorkflowStatus.TERMINATED);
		assertThatExceptionOfType(WorkflowCancelledException.class).isThrownBy(run::result)
			.withMessageStartingWith("KRAFT-2006")
			.withMessageContaining("was terminated");
	}

}
