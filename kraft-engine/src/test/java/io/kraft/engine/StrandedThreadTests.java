package io.kraft.engine;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.reliability.Proves;
import io.kraft.engine.testing.CapturedLog;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.WorkflowContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Code that catches everything, without end, stops nobody but itself.
 */
@Proves(fault = "Code catches every Throwable around durable calls, without end",
		promise = "It takes no carrier from other runs")
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class StrandedThreadTests {

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final AtomicBoolean endless = new AtomicBoolean(true);

	private final TestEngine engine = new TestEngine()
		.workflow("order", String.class, (argument) -> this.engine().step("charge", String.class, () -> "charged"))
		.workflow("endless", String.class, (argument) -> loop())
		.workflow("branches", String.class,
				(argument) -> this.workflow.async(this::loop).await() + this.workflow.async(this::loop).await());

	@AfterEach
	void close() {
		this.engine.close();
	}

	private TestEngine engine() {
		return this.engine;
	}

	private String loop() {
		while (true) {
			try {
				return this.workflow.awaitSignal("go", String.class);
			}
			catch (Throwable ex) {
				if (!this.endless.get()) {
					throw ex;
				}
			}
		}
	}

	@Test
	void asManyPausedRunsAsThereAreCarriersStopNoOtherRun() {
		this.engine.start();
		int runs = 2 * Runtime.getRuntime().availableProcessors();
		try (CapturedLog log = CapturedLog.of("io.kraft.engine")) {
			for (int i = 0; i < runs; i++) {
				this.engine.run("endless", "e" + i, "x");
			}
			await().until(() -> this.engine.engine().health().executingRuns() == 0);

			for (int i = 0; i < runs; i++) {
				this.engine.client().pause("e" + i);
			}

			assertThat(this.engine.run("order", "o1", "x").result()).isEqualTo("charged");
			await().until(() -> this.engine.engine().health().waitingRuns() == 0
					&& this.engine.engine().health().executingRuns() == 0);
			assertThat(this.engine.client().handle("e0").status()).isEqualTo(WorkflowStatus.PAUSED);
			assertThat(log.lines()).filteredOn((line) -> line.contains("parked for good")).hasSize(runs);
			assertThat(log.lines()).anyMatch((line) -> line.contains("'e0'"));
		}
	}

	@Test
	void suchARunContinuesWhenItIsResumed() {
		this.engine.start();
		WorkflowHandle<?> run = this.engine.run("endless", "e1", "x");
		await().until(() -> run.status() == WorkflowStatus.SUSPENDED);
		this.engine.client().pause(run.id());
		await().until(() -> run.status() == WorkflowStatus.PAUSED);
		this.endless.set(false);

		this.engine.client().resume(run.id());
		run.signal("go", "went");

		assertThat(run.result()).isEqualTo("went");
	}

	@Test
	void unloadedRunsAreLoadedAgainWhenWhatTheyWaitForComes() {
		this.engine.with((builder) -> builder.maxParkedWorkflows(0)).start();
		WorkflowHandle<?> run = this.engine.run("endless", "e1", "x");
		await().until(() -> this.engine.engine().health().executingRuns() == 0);

		run.signal("go", "went");

		assertThat(run.result()).isEqualTo("went");
	}

	@Test
	void theBranchesOfARunLetItGo() {
		this.engine.start();
		WorkflowHandle<?> run = this.engine.run("branches", "b1", "x");
		await().until(() -> run.status() == WorkflowStatus.SUSPENDED);

		this.engine.client().pause(run.id());

		await().until(() -> run.status() == WorkflowStatus.PAUSED);
		assertThat(this.engine.run("order", "o1", "x").result()).isEqualTo("charged");
	}

	@Test
	void theEngineStopsWithoutWaitingForThem() {
		this.engine.with((builder) -> builder.shutdownGracePeriod(java.time.Duration.ofHours(1))).start();
		this.engine.run("endless", "e1", "x");
		this.engine.run("branches", "b1", "x");
		await().until(() -> this.engine.engine().health().executingRuns() == 0);

		this.engine.engine().stop();

		assertThat(this.engine.engine().health().state()).isEqualTo(EngineHealth.State.STOPPED);
	}

}
