package io.kraft.engine.store;

import java.util.EnumMap;
import java.util.Map;

import io.kraft.client.WorkflowStatus;
import org.jspecify.annotations.Nullable;

/**
 * How many runs there are of each status. Immutable.
 *
 * @param counts by status; those that are zero are left out
 */
public record StatusCounts(Map<WorkflowStatus, Long> counts) {

	/** No runs. */
	public static final StatusCounts NONE = new StatusCounts(Map.of());

	public StatusCounts {
		counts = Map.copyOf(counts);
	}

	/**
	 * How many runs there are of a status.
	 */
	public long of(WorkflowStatus status) {
		return this.counts.getOrDefault(status, 0L);
	}

	/**
	 * The same with more runs of a status, or with less where the number is negative.
	 */
	public StatusCounts plus(WorkflowStatus status, long runs) {
		Map<WorkflowStatus, Long> sums = new EnumMap<>(WorkflowStatus.class);
		sums.putAll(this.counts);
		sums.merge(status, runs, StatusCounts::sum);
		return new StatusCounts(sums);
	}

	/**
	 * The sum of both.
	 */
	public StatusCounts plus(StatusCounts other) {
		Map<WorkflowStatus, Long> sums = new EnumMap<>(WorkflowStatus.class);
		sums.putAll(this.counts);
		other.counts.forEach((status, runs) -> sums.merge(status, runs, StatusCounts::sum));
		return new StatusCounts(sums);
	}

	private static @Nullable Long sum(Long one, Long other) {
		return (one + other != 0) ? one + other : null;
	}

}
