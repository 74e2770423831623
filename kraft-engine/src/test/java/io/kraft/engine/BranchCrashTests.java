package io.kraft.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.reliability.Proves;
import io.kraft.engine.testing.CrashPoint;
import io.kraft.engine.testing.CrashPoint.Crash;
import io.kraft.engine.testing.TestEngine;
import io.kraft.engine.timer.ManualScheduler;
import io.kraft.workflow.DurableFuture;
import io.kraft.workflow.KraftException;
import io.kraft.workflow.WorkflowCancelledException;
import io.kraft.workflow.WorkflowContext;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A run with branches, and one that is cancelled, are crashed at each of their commits,
 * once just before the commit is applied and once just after.
 */
@Proves(fault = "The process dies at each commit of parallel branches",
		promise = "The next start continues as if nothing had happened")
class BranchCrashTests {

	@TestFactory
	Stream<DynamicTest> aRunWithBranchesEndsTheSameWhereverItIsCrashed() {
		return crashes("branches", WorkflowStatus.COMPLETED, "fast,1,2,done,both");
	}

	@TestFactory
	Stream<DynamicTest> aRunThatIsCancelledCleansUpWhereverItIsCrashed() {
		return crashes("cancelled", WorkflowStatus.CANCELLED, "cancelled");
	}

	private static Stream<DynamicTest> crashes(String workflow, WorkflowStatus status, String result) {
		return CrashPoint.parked().flatMap((parked) -> {
			Life undisturbed = new Life(workflow, CrashPoint.NONE, parked).live();
			undisturbed.check(status, result);
			// How commits are batched depends on the threads.
			return CrashPoint.tests(undisturbed.crash.commits() + 2, parked,
					(point) -> new Life(workflow, point, parked).live().check(status, result));
		});
	}

	/**
	 * One life of the run, with at most one crash in it.
	 */
	static final class Life {

		private final String name;

		private final TestEngine engine = new TestEngine();

		private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

		private final Map<String, Integer> bodies = new ConcurrentHashMap<>();

		private final Crash crash;

		private final List<String> journal = new ArrayList<>();

		private String result = "";

		private WorkflowStatus status = WorkflowStatus.PENDING;

		Life(String name, CrashPoint point, int parked) {
			this.name = name;
			this.crash = point.in(this.engine);
			this.engine.with((builder) -> builder.maxParkedWorkflows(parked));
		}

		Life live() {
			this.engine.workflow("branches", String.class, this::branches)
				.workflow("cancelled", String.class, this::cancelled);
			try (TestEngine running = this.engine.start()) {
				try {
					finish(running);
				}
				catch (WorkflowCancelledException ex) {
					this.result = "cancelled";
				}
				catch (KraftException ex) {
					this.crash.check(ex);
					running.crashAndStart();
					finishAfterCrash(running);
				}
				this.status = running.client().handle("run-1").status();
				running.client()
					.operations("run-1")
					.stream()
					.filter((view) -> view.kind().equals("step") && view.outcome() != null)
					.forEach((view) -> this.journal.add(view.position() + " " + view.name()));
				return this;
			}
		}

		private void finishAfterCrash(TestEngine running) {
			try {
				finish(running);
			}
			catch (WorkflowCancelledException ex) {
				this.result = "cancelled";
			}
		}

		private void finish(TestEngine running) {
			CompletableFuture<?> end = running.run(this.name, "run-1", "x").resultAsync();
			boolean signalled = false;
			long begun = System.nanoTime();
			while (!end.isDone()) {
				assertThat(Duration.ofNanos(System.nanoTime() - begun)).as("%s", running.engine().health())
					.isLessThan(Duration.ofSeconds(20));
				if (this.name.equals("branches")) {
					if (!signalled) {
						running.client().signal("run-1", "number", "1", "first");
						running.client().signal("run-1", "number", "2", "second");
						signalled = true;
					}
					running.moveToNextDue();
				}
				else if (running.client()
					.operations("run-1")
					.stream()
					.anyMatch((view) -> view.position().equals("3") && view.kind().equals("timer"))) {
					running.client().cancel("run-1");
					// The cleaning up, but not the long sleep before it.
					running.time().nextDue().filter(this::isSoon).ifPresent((due) -> running.moveToNextDue());
				}
				Thread.onSpinWait();
			}
			if (end.isCompletedExceptionally() && end.exceptionNow() instanceof KraftException failure) {
				throw failure;
			}
			this.result = String.valueOf(end.join());
		}

		private boolean isSoon(Instant due) {
			return due.isBefore(ManualScheduler.START.plus(Duration.ofDays(100)));
		}

		private String branches(String argument) {
			DurableFuture<String> never = this.workflow.async(() -> this.workflow.awaitSignal("never", String.class));
			DurableFuture<String> fast = this.workflow.async(() -> step("fast"));
			String winner = DurableFuture.anyOf(never, fast).await();
			List<String> heard = new ArrayList<>(this.workflow
				.parallel(Collections.nCopies(2, () -> this.workflow.awaitSignal("number", String.class))));
			Collections.sort(heard);
			DurableFuture<String> writer = this.workflow.async(() -> {
				this.workflow.sleep(Duration.ofHours(1));
				this.workflow.state().set("writer", step("write"));
				return "done";
			});
			this.workflow.state().set("root", "both");
			String done = writer.await();
			assertThat(this.workflow.state().get("writer", String.class)).contains("write");
			never.cancel();
			return winner + "," + String.join(",", heard) + "," + done + ","
					+ this.workflow.state().get("root", String.class).orElse("none");
		}

		private String cancelled(String argument) {
			DurableFuture<String> branch = this.workflow.async(() -> {
				try {
					return this.workflow.awaitSignal("never", String.class);
				}
				finally {
					this.workflow.nonCancellable(() -> step("clean branch"));
				}
			});
			step("before");
			try {
				this.workflow.sleep(Duration.ofDays(1000));
				return branch.await();
			}
			finally {
				this.workflow.nonCancellable(() -> {
					step("clean 1");
					this.workflow.sleep(Duration.ofHours(1));
					step("clean 2");
				});
			}
		}

		private String step(String name) {
			return this.engine.step(name, String.class, () -> {
				this.bodies.merge(name, 1, Integer::sum);
				return name;
			});
		}

		void check(WorkflowStatus expected, String expectedResult) {
			assertThat(this.status).isEqualTo(expected);
			assertThat(this.result).isEqualTo(expectedResult);
			assertThat(this.journal).doesNotHaveDuplicates()
				.hasSize(this.bodies.size())
				.hasSize(this.name.equals("branches") ? 2 : 4);
			assertThat(this.bodies.values()).allMatch((entered) -> entered <= 2);
		}

	}

}
