package io.kraft.engine.execution;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

import io.kraft.client.StartOptions;
import io.kraft.engine.definition.Definitions;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.QueueCatalog;
import io.kraft.engine.definition.StepCatalog;
import io.kraft.engine.definition.WorkflowCatalog;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.journal.json.JacksonPayloads;
import io.kraft.engine.lifecycle.Clockwork;
import io.kraft.engine.lifecycle.StartRequest;
import io.kraft.engine.observation.EngineObserver;
import io.kraft.engine.operation.WorkflowCall;
import io.kraft.engine.partition.Partition;
import io.kraft.engine.routing.Completion;
import io.kraft.engine.run.ArgumentMismatch;
import io.kraft.engine.run.ExecutionSettings;
import io.kraft.engine.run.Neighbours;
import io.kraft.engine.store.memory.MemoryMedium;
import io.kraft.engine.supervision.EngineThreads;
import io.kraft.engine.supervision.Futures;
import io.kraft.engine.supervision.WorkInFlight;
import io.kraft.engine.timer.ManualScheduler;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * Whoever waits for the end of a run and gives up leaves nothing in memory, however long
 * the run goes on.
 */
class GivenUpWaitsTests {

	private final CountDownLatch gate = new CountDownLatch(1);

	private final ManualScheduler time = new ManualScheduler();

	private final WorkflowDefinition waiting = WorkflowDefinition.of("wait", MethodSignature.of(void.class),
			(arguments) -> {
				this.gate.await();
				return null;
			});

	private final StepCatalog steps = new StepCatalog(List.of());

	private final Execution execution = new Execution(Partition.open(new MemoryMedium().open(), (batch) -> {
	}, (failure) -> {
	}), NodeResources.of(
			new Definitions(new WorkflowCatalog(List.of(this.waiting)), this.steps,
					new QueueCatalog(List.of(), this.steps)),
			new Clockwork(this.time, this.time, new Random(1)),
			new JacksonPayloads(JacksonPayloads.defaultMapper(), List.of(), 1024), EngineObserver.NONE,
			new ExecutionSettings(1, 1, 100, true, ArgumentMismatch.WARN, Duration.ofDays(1)), EngineThreads.ofCaller(),
			WorkInFlight.UNCOUNTED), Neighbours.NONE);

	private @Nullable CompletableFuture<Completion> end;

	@BeforeEach
	void start() {
		this.execution.start();
		this.execution.start(new StartRequest(this.waiting,
				this.execution.node()
					.commands()
					.ofClient(new WorkflowCall(this.waiting, new Object[0]), StartOptions.defaults().id("waiting"))));
	}

	@AfterEach
	void stop() {
		this.gate.countDown();
		this.execution.stop(Duration.ofSeconds(10));
	}

	@Test
	void aCancelledWaitIsForgotten() {
		assertForgotten((end) -> end.cancel(false));
	}

	@Test
	void anInterruptedWaitIsForgotten() {
		assertForgotten((end) -> {
			Thread.currentThread().interrupt();
			assertThatThrownBy(() -> Futures.join(end)).hasMessageContaining("Interrupted");
			assertThat(Thread.interrupted()).isTrue();
		});
	}

	private void assertForgotten(Consumer<CompletableFuture<Completion>> givingUp) {
		this.end = this.execution.completions().of("waiting");
		WeakReference<CompletableFuture<Completion>> watcher = new WeakReference<>(this.end);

		givingUp.accept(this.end);
		this.end = null;

		await().until(() -> {
			System.gc();
			return watcher.get() == null;
		});
	}

}
