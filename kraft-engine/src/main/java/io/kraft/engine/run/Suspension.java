package io.kraft.engine.run;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.store.RunRow;
import org.jspecify.annotations.Nullable;

/**
 * What a suspended run shows of its waits.
 *
 * @param shown the wait whose step is named
 * @param text all of them, for people
 */
record Suspension(WaitCondition shown, String text) {

	/** How many waits are named. */
	private static final int NAMED = 3;

	/**
	 * The suspension by some waits. What the world is to do comes before what the run's
	 * own branches are to do.
	 * @param waits at least one
	 */
	static Suspension of(Stream<WaitCondition> waits) {
		List<WaitCondition> sorted = waits
			.sorted(Comparator.comparing((wait) -> wait.subject() != null && wait.message() == null))
			.toList();
		String named = sorted.stream().map(WaitCondition::description).limit(NAMED).collect(Collectors.joining("; "));
		int others = sorted.size() - NAMED;
		return new Suspension(sorted.getFirst(), (others > 0) ? named + "; and " + others + " more" : named);
	}

	/**
	 * The row of the run then; null if it is that already.
	 */
	@Nullable RunRow of(RunRow row) {
		return (row.status() != WorkflowStatus.SUSPENDED || !this.text.equals(row.waitingFor()))
				? row.suspended(this.shown.step(), this.shown.attempt(), this.text) : null;
	}

}
