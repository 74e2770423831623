package io.kraft.client;

import java.time.Duration;
import java.util.Set;

/**
 * Which runs to replay against the present code, and how much that may cost. Immutable:
 * each method returns a changed copy.
 *
 * @param runs filters of the runs; its limit and its cursor do not count. Without
 * statuses: all that have not ended and are not paused
 * @param limit most runs to be replayed, the newest first, 1 to {@value #MAX_LIMIT}
 * @param perVersion most runs to be replayed of each version of a workflow, at least 1: a
 * sample
 * @param timeout how long it may take, above 0 and up to ten minutes
 * @since 0.1.0
 */
public record ReplayCheckQuery(WorkflowQuery runs, int limit, int perVersion, Duration timeout) {

	/** Most runs that one check replays. */
	public static final int MAX_LIMIT = 100_000;

	private static final Duration MAX_TIMEOUT = Duration.ofMinutes(10);

	private static final ReplayCheckQuery ALL = new ReplayCheckQuery(WorkflowQuery.all(), 1000, MAX_LIMIT,
			Duration.ofSeconds(30));

	public ReplayCheckQuery {
		RequiredArgument.check("ReplayCheckQuery.runs", "runs", runs);
		RequiredArgument.check("ReplayCheckQuery.timeout", "timeout", timeout);
		if (limit < 1 || limit > MAX_LIMIT) {
			throw new IllegalArgumentException("limit is 1 to " + MAX_LIMIT + ", but was " + limit);
		}
		if (perVersion < 1) {
			throw new IllegalArgumentException("perVersion is at least 1, but was " + perVersion);
		}
		if (!timeout.isPositive() || timeout.compareTo(MAX_TIMEOUT) > 0) {
			throw new IllegalArgumentException(
					"timeout is above 0 and at most " + MAX_TIMEOUT + ", but was " + timeout);
		}
		if (runs.statuses().isEmpty()) {
			runs = runs.status(WorkflowStatus.SCHEDULED, WorkflowStatus.PENDING, WorkflowStatus.RUNNING,
					WorkflowStatus.SUSPENDED);
		}
		Set<WorkflowStatus> statuses = runs.statuses();
		if (statuses.stream().anyMatch(WorkflowStatus::isTerminal)) {
			throw new IllegalArgumentException(
					"runs that have ended cannot be replayed, but the statuses are " + statuses);
		}
	}

	/**
	 * The newest thousand runs that have not ended, within half a minute.
	 */
	public static ReplayCheckQuery all() {
		return ALL;
	}

	public ReplayCheckQuery runs(WorkflowQuery runs) {
		return new ReplayCheckQuery(runs, this.limit, this.perVersion, this.timeout);
	}

	public ReplayCheckQuery limit(int limit) {
		return new ReplayCheckQuery(this.runs, limit, this.perVersion, this.timeout);
	}

	public ReplayCheckQuery perVersion(int perVersion) {
		return new ReplayCheckQuery(this.runs, this.limit, perVersion, this.timeout);
	}

	public ReplayCheckQuery timeout(Duration timeout) {
		return new ReplayCheckQuery(this.runs, this.limit, this.perVersion, timeout);
	}

}
