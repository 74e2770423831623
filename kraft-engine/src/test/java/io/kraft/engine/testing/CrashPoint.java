package io.kraft.engine.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.kraft.engine.store.Change;

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
	 * Lets an engine crash here; to be called before its first start.
	 */
	public Crash in(TestEngine engine) {
		Crash crash = new Crash();
		engine.withStore((store) -> {
			FaultyStore faulty = (crash.stores.isEmpty() && this.commit > 0)
					? FaultyStore.failingAt(store, this.commit, this.applied) : FaultyStore.counting(store);
			crash.stores.add(faulty);
			return faulty;
		});
		return crash;
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

		private final List<FaultyStore> stores = new ArrayList<>();

		private Crash() {
		}

		public boolean hasHappened() {
			return this.stores.getFirst().hasFailed();
		}

		/**
		 * Whether it has happened, and the engine was not started again.
		 */
		public boolean isUnmended() {
			return this.stores.size() == 1 && hasHappened();
		}

		/**
		 * What was applied in all lives.
		 */
		public List<Change> changes() {
			return this.stores.stream().flatMap((store) -> store.changes().stream()).toList();
		}

		/**
		 * The commits of the first start.
		 */
		public int commits() {
			return this.stores.getFirst().commits();
		}

	}

}
