package io.kraft.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.journal.Position;
import io.kraft.engine.store.Change;
import io.kraft.engine.testing.HoldingStore;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.DurableFuture;
import io.kraft.workflow.WorkflowCancelledException;
import io.kraft.workflow.WorkflowContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What comes to a run at the moment in which it leaves memory.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LostWakeTests {

	private final TestEngine engine = new TestEngine();

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final AtomicReference<HoldingStore> store = new AtomicReference<>();

	@BeforeEach
	void unloadWhatWaits() {
		this.engine.with((builder) -> builder.maxParkedWorkflows(0));
	}

	@AfterEach
	void close() {
		if (this.store.get() != null) {
			this.store.get().release();
		}
		this.engine.close();
	}

	private void holdTheTimerOfASleep(String id) {
		this.engine.withStoreOf(id, (store) -> {
			this.store.set(new HoldingStore(store, (change) -> change instanceof Change.TimerSet(var timer)
					&& !timer.position().equals(Position.ROOT)));
			return this.store.get();
		});
	}

	@Test
	void aDeadlineThatPassesWhileTheRunLeavesMemoryEndsIt() throws Exception {
		holdTheTimerOfASleep("s");
		this.engine.workflow("sleeper", String.class, (argument) -> {
			this.workflow.sleep(Duration.ofDays(1));
			return "slept";
		}).start();
		WorkflowHandle<?> run = this.engine.client()
			.start("sleeper", StartOptions.defaults().id("s").timeout(Duration.ofHours(1)), "x");
		this.store.get().awaitReached();

		this.engine.time().advance(Duration.ofHours(2));
		this.store.get().release();

		await().until(() -> run.status() == WorkflowStatus.TIMED_OUT);
	}

	@Test
	void aBranchThatIsCancelledWhileTheRunLeavesMemoryEnds() {
		holdTheTimerOfASleep("c");
		CountDownLatch cancelled = new CountDownLatch(1);
		this.engine.workflow("canceller", String.class, (argument) -> {
			DurableFuture<String> sleeper = this.workflow.async(() -> {
				this.workflow.sleep(Duration.ofDays(1));
				return "slept";
			});
			this.store.get().awaitReached();
			sleeper.cancel();
			cancelled.countDown();
			try {
				return sleeper.await();
			}
			catch (WorkflowCancelledException ex) {
				return "cancelled";
			}
		}).start();
		WorkflowHandle<?> run = this.engine.run("canceller", "c", "x");
		await().until(() -> cancelled.getCount() == 0);

		this.store.get().release();

		await().until(() -> run.status() == WorkflowStatus.COMPLETED);
		assertThat(run.result()).isEqualTo("cancelled");
	}

	@Test
	void aBranchThatEndsWhileTheRunLeavesMemoryIsNoticed() {
		this.engine.workflow("hasty", Integer.class, (argument) -> {
			int sum = 0;
			for (int i = 0; i < 100; i++) {
				int number = i;
				sum += this.workflow.async(() -> number).await();
			}
			return sum;
		}).start();
		List<WorkflowHandle<?>> runs = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			runs.add(this.engine.run("hasty", "h" + i, "x"));
		}

		await().until(() -> runs.stream().allMatch((run) -> run.status() == WorkflowStatus.COMPLETED));
	}

	@Test
	void aSignalThatComesWhileTheRunLeavesMemoryIsTaken() {
		this.engine.workflow("listener", Integer.class, (argument) -> {
			List<Integer> heard = this.workflow.parallel(List.of(() -> listen("a"), () -> listen("b")));
			return heard.get(0) + heard.get(1);
		}).start();
		WorkflowHandle<?> run = this.engine.run("listener", "l", "x");

		for (int i = 0; i < 50; i++) {
			run.signal("a", 1);
			run.signal("b", 1);
		}

		await().until(() -> run.status() == WorkflowStatus.COMPLETED);
		assertThat(run.result()).isEqualTo(100);
	}

	private int listen(String name) {
		int sum = 0;
		for (int i = 0; i < 50; i++) {
			sum += this.workflow.awaitSignal(name, Integer.class);
		}
		return sum;
	}

}
