package io.kraft.engine.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.kraft.engine.routing.PartitionMap;
import io.kraft.engine.store.Change;
import io.kraft.workflow.KraftException;
import org.junit.jupiter.api.DynamicTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A commit of an engine's first start at which it crashes.
 *
 * @param commit 1 for the first one; 0 for none
 * @param applied whether the commit survives the crash
 */
public record CrashPoint(int commit, boolean applied) {

	/** No crash at all. */
	public static final CrashPoint NONE = new CrashPoint(0, false);

	/**
	 * Before and after each of a number of commits.
	 */
	public static Stream<CrashPoint> upTo(int commits) {
		return IntStream.rangeClosed(1, commits)
			.boxed()
			.flatMap((commit) -> Stream.of(new CrashPoint(commit, false), new CrashPoint(commit, true)));
	}

	/**
	 * How many waiting runs stay in memory: none, and then all. With several partitions,
	 * which have as many times more points, none only.
	 */
	public static Stream<Integer> parked() {
		return (Integer.getInteger("kraft.test.partitions", 1) > 1) ? Stream.of(0) : Stream.of(0, 10_000);
	}

	/**
	 * A test for each point before and after a number of commits, with waiting runs
	 * unloaded or kept in memory.
	 * @param commits of an undisturbed life
	 */
	public static Stream<DynamicTest> tests(int commits, int parked, Consumer<CrashPoint> life) {
		return upTo(commits)
			.map((point) -> DynamicTest.dynamicTest(point + ", " + parked + " parked", () -> life.accept(point)));
	}

	/**
	 * Lets an engine crash here; to be called before its first start.
	 */
	public Crash in(TestEngine engine) {
		int partitions = engine.partitions();
		Crash crash = new Crash(partitions);
		engine.withStore((store) -> {
			FaultyStore faulty = isAt(crash.stores.size(), partitions)
					? FaultyStore.failingAt(store, 1 + (this.commit - 1) / partitions, this.applied)
					: FaultyStore.counting(store);
			crash.stores.add(faulty);
			return faulty;
		});
		return crash;
	}

	/** Of several partitions one crashes; the commits of all are counted in turns. */
	private boolean isAt(int store, int partitions) {
		return this.commit > 0 && store < partitions && store == (this.commit - 1) % partitions;
	}

	@Override
	public String toString() {
		return (this.commit > 0) ? "crash " + (this.applied ? "after" : "before") + " commit " + this.commit
				: "no crash";
	}

	/**
	 * A crash that may have happened.
	 */
	public static final class Crash {

		private final int partitions;

		private final List<FaultyStore> stores = new CopyOnWriteArrayList<>();

		private Crash(int partitions) {
			this.partitions = partitions;
		}

		private Stream<FaultyStore> firstStart() {
			return this.stores.stream().limit(this.partitions);
		}

		public boolean hasHappened() {
			return firstStart().anyMatch(FaultyStore::hasFailed);
		}

		/**
		 * Throws unless a failure is this crash.
		 */
		public void check(KraftException failure) {
			assertThat(hasHappened()).as("the failure is the crash: %s", failure).isTrue();
		}

		/**
		 * What the engine works with now, or has worked with last, in the partition of a
		 * run.
		 */
		public FaultyStore of(String id) {
			return all().get(new PartitionMap(this.partitions).of(id));
		}

		/**
		 * What the engine works with now, or has worked with last, of all partitions.
		 */
		public List<FaultyStore> all() {
			return this.stores.subList(this.stores.size() - this.partitions, this.stores.size());
		}

		/**
		 * Whether it has happened, and the engine was not started again.
		 */
		public boolean isUnmended() {
			return this.stores.size() == this.partitions && hasHappened();
		}

		/**
		 * What was applied in all lives.
		 */
		public List<Change> changes() {
			return this.stores.stream().flatMap((store) -> store.changes().stream()).toList();
		}

		/**
		 * The commits of the first start; of several partitions, as many for each as for
		 * the one that had most.
		 */
		public int commits() {
			return this.partitions * firstStart().mapToInt(FaultyStore::commits).max().orElse(0);
		}

	}

}
