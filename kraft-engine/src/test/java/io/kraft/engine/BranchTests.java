package io.kraft.engine;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import io.kraft.workflow.DurableFuture;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.WorkflowContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Work at once: branches and futures, with waiting runs kept in memory and unloaded.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@ParameterizedClass(name = "{0} waiting runs in memory")
@ValueSource(ints = { 0, 10_000 })
class BranchTests {

	private final TestEngine engine = new TestEngine();

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	BranchTests(int parked) {
		this.engine.with((builder) -> builder.maxParkedWorkflows(parked));
	}

	@AfterEach
	void close() {
		this.engine.close();
	}

	@Test
	void branchesRunAtOnceAndTheirResultsComeInTheOrderOfTheCalls() {
		this.engine.workflow("fan-out", String.class, (argument) -> {
			List<String> results = this.workflow
				.parallel(List.of(() -> slept("a", 3), () -> slept("b", 1), () -> slept("c", 2)));
			return String.join(",", results);
		}).start();

		assertThat(this.engine.finish(this.engine.run("fan-out", "f", "x"))).isEqualTo("a,b,c");
		assertThat(this.engine.time().instant()).isBefore(java.time.Instant.EPOCH.plus(Duration.ofDays(40_000)));
	}

	@Test
	void theWinnerOfARaceStaysTheWinnerAfterACrash() {
		this.engine.workflow("race", String.class, (argument) -> {
			DurableFuture<String> slow = this.workflow.async(() -> slept("slow", 2));
			DurableFuture<String> fast = this.workflow.async(() -> slept("fast", 1));
			String winner = DurableFuture.anyOf(slow, fast).await();
			this.workflow.sleep(Duration.ofHours(10));
			return winner + "," + slow.await();
		}).start();
		this.engine.run("race", "r", "x");
		org.awaitility.Awaitility.await()
			.until(() -> this.engine.client().journal("r").stream().anyMatch((view) -> view.kind().equals("timer")));
		this.engine.time().advance(Duration.ofHours(1));
		org.awaitility.Awaitility.await()
			.until(() -> this.engine.client()
				.journal("r")
				.stream()
				.filter((view) -> view.position().equals("5"))
				.count() == 1);
		this.engine.crashAndStart();

		assertThat(this.engine.finish(this.engine.client().handle("r"))).isEqualTo("fast,slow");
	}

	@Test
	void aWaitForABranchEndsWhenItsTimeIsOver() {
		this.engine.workflow("patient", String.class, (argument) -> {
			DurableFuture<String> slow = this.workflow.async(() -> slept("slow", 2));
			Optional<String> early = slow.await(Duration.ofHours(1));
			return early + "," + slow.await();
		}).start();

		assertThat(this.engine.finish(this.engine.run("patient", "p", "x"))).isEqualTo("Optional.empty,slow");
	}

	private String slept(String name, int hours) {
		this.workflow.sleep(Duration.ofHours(hours));
		return this.engine.step(name, String.class, () -> name);
	}

}
