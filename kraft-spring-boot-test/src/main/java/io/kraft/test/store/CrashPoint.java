package io.kraft.test.store;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A commit of a scenario at which the engine crashes.
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
	public static List<CrashPoint> upTo(int commits) {
		return IntStream.rangeClosed(1, commits)
			.boxed()
			.flatMap((commit) -> Stream.of(new CrashPoint(commit, false), new CrashPoint(commit, true)))
			.toList();
	}

	@Override
	public String toString() {
		return (this.commit > 0) ? "a crash just " + (this.applied ? "after" : "before") + " commit " + this.commit
				: "no crash";
	}

}
