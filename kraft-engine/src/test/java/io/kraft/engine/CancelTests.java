package io.kraft.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowStatus;
import io.kraft.workflow.WorkflowCancelledException;
import io.kraft.workflow.WorkflowTimeoutException;
import io.kraft.engine.testing.TestEngine;
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
 * Cancellation, termination and time-outs of runs, with waiting runs kept in memory and
 * unloaded.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@ParameterizedClass(name = "{0} waiting runs in memory")
@ValueSource(ints = { 0, 10_000 })
class CancelTests {

	private final TestEngine engine = new TestEngine();

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	CancelTests(int parked) {
		this.engine.with((builder) -> builder.maxParkedWorkflows(parked));
	}

	@AfterEach
	void close() {
		this.engine.close();
	}

	@Test
	void aCancelledRunThrowsAtItsNextDurableCallAndEndsAsCancelled() {
		List<String> seen = new ArrayList<>();
		this.engine.workflow("sleeper", String.class, (argument) -> {
			try {
				this.workflow.sleep(Duration.ofDays(1));
			}
			finally {
				seen.add(this.workflow.nonCancellable(() -> this.engine.step("clean", String.class, () -> "cleaned")));
			}
			return "slept";
		}).start();
		WorkflowHandle<?> run = this.engine.run("sleeper", "s", "x");
		await().until(() -> run.status() == WorkflowStatus.SUSPENDED);

		run.cancel();

		assertThatExceptionOfType(WorkflowCancelledException.class).isThrownBy(run::result)
			.withMessageStartingWith("KRAFT-2006");
		assertThat(run.status()).isEqualTo(WorkflowStatus.CANCELLED);
		assertThat(seen).contains("cleaned");
	}

	@Test
	void aRunWhoseTimeIsOverEndsAsTimedOut() {
		this.engine.workflow("sleeper", String.class, (argument) -> {
			this.workflow.sleep(Duration.ofDays(1));
			return "slept";
		}).start();
		WorkflowHandle<?> run = this.engine.client()
			.start("sleeper", StartOptions.defaults().id("s").timeout(Duration.ofHours(1)), "x");
		await().until(() -> run.status() == WorkflowStatus.SUSPENDED);
		this.engine.crashAndStart();

		assertThatExceptionOfType(WorkflowTimeoutException.class)
			.isThrownBy(() -> this.engine.finish(this.engine.client().handle("s")))
			.withMessageStartingWith("KRAFT-2007");
		assertThat(this.engine.client().handle("s").status()).isEqualTo(WorkflowStatus.TIMED_OUT);
	}

	@Test
	void aTerminatedRunEndsAtOnce() {
		this.engine.workflow("sleeper", String.class, (argument) -> {
			this.workflow.sleep(Duration.ofDays(1));
			return "slept";
		}).start();
		WorkflowHandle<?> run = this.engine.run("sleeper", "s", "x");
		await().until(() -> run.status() == WorkflowStatus.SUSPENDED);

		this.engine.client().terminate("s");

		assertThat(run.status()).isEqualTo(WorkflowStatus.TERMINATED);
		assertThatExceptionOfType(WorkflowCancelledException.class).isThrownBy(run::result)
			.withMessageContaining("was terminated");
	}

}
