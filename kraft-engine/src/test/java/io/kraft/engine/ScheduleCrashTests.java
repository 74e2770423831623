package io.kraft.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;

import io.kraft.client.WorkflowQuery;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.ScheduleDefinition;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.reliability.Proves;
import io.kraft.engine.store.Store;
import io.kraft.engine.testing.CrashPoint;
import io.kraft.engine.testing.CrashPoint.Crash;
import io.kraft.engine.testing.TestEngine;
import io.kraft.engine.timer.ManualScheduler;
import io.kraft.workflow.CatchUp;
import io.kraft.workflow.Overlap;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A schedule is crashed at each commit around two of its ticks, once just before the
 * commit is applied and once just after. With catch-up, each tick has exactly one run;
 * without, at most one. Ended runs are removed at each start, so that it is not their ids
 * which keep a tick from a second one.
 */
@Proves(fault = "The process dies at each commit of a schedule",
		promise = "The next start continues as if nothing had happened")
class ScheduleCrashTests {

	private static final int TICKS = 2;

	@TestFactory
	Stream<DynamicTest> noTickIsLostOrRunTwiceWhereverTheProcessDies() {
		int commits = new Scenario(CatchUp.ALL, Overlap.SKIP, CrashPoint.NONE).play();
		assertThat(commits).isGreaterThan(TICKS);
		return Stream.of(CatchUp.values())
			.flatMap((catchUp) -> Stream.of(Overlap.values())
				.flatMap((overlap) -> CrashPoint.upTo(commits)
					.map((point) -> DynamicTest.dynamicTest(catchUp + ", " + overlap + ", " + point,
							() -> new Scenario(catchUp, overlap, point).play()))));
	}

	/**
	 * Two ticks, with at most one crash.
	 */
	static final class Scenario {

		private final CatchUp catchUp;

		private final TestEngine engine = new TestEngine();

		private final Crash crash;

		Scenario(CatchUp catchUp, Overlap overlap, CrashPoint point) {
			this.catchUp = catchUp;
			this.engine.with((builder) -> builder.retention(Duration.ZERO))
				.workflow(WorkflowDefinition.of("report", MethodSignature.of(String.class, Instant.class),
						(arguments) -> "done"))
				.schedule(ScheduleDefinition.every("report", Duration.ofMinutes(10))
					.withCatchUp(catchUp)
					.withOverlap(overlap));
			this.crash = point.in(this.engine);
		}

		/**
		 * How many commits the first engine has made.
		 */
		int play() {
			try (TestEngine running = this.engine.start()) {
				for (int tick = 1; tick <= TICKS; tick++) {
					restartIfCrashed();
					running.time().advanceTo(at(tick));
					await().until(() -> hasCrashed() || isOver());
				}
				restartIfCrashed();
				await().until(this::isOver);
				running.crash();
				assertThat(runs()).as("runs that were ever started")
					.isBetween((this.catchUp != CatchUp.NONE) ? TICKS : TICKS - 1L, (long) TICKS);
				return this.crash.commits();
			}
		}

		private void restartIfCrashed() {
			if (hasCrashed()) {
				this.engine.crashAndStart();
				await().until(this::isOver);
			}
		}

		private boolean hasCrashed() {
			return this.crash.isUnmended();
		}

		private long runs() {
			long runs = 0;
			for (int partition = 0; partition < this.engine.partitions(); partition++) {
				try (Store store = this.engine.medium(partition).open()) {
					runs += store.highestRun();
				}
			}
			return runs;
		}

		/** Whether all ticks up to now are settled, and their runs have ended. */
		private boolean isOver() {
			Instant due = Objects.requireNonNullElse(this.engine.client().schedules().getFirst().lastTick(),
					ManualScheduler.START);
			return due.plus(Duration.ofMinutes(10)).isAfter(this.engine.time().instant()) && this.engine.client()
				.list(WorkflowQuery.all())
				.items()
				.stream()
				.allMatch((run) -> run.status() == WorkflowStatus.COMPLETED);
		}

		private static Instant at(int tick) {
			return ManualScheduler.START.plus(Duration.ofMinutes(10L * tick));
		}

	}

}
