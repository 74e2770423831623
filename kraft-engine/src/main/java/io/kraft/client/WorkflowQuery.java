package io.kraft.client;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import io.kraft.workflow.WorkQueue;

/**
 * Which runs to list, newest first. Immutable: each method answers a changed copy;
 * filters are combined by "and".
 *
 * @param name workflow name
 * @param statuses any of these; empty means all
 * @param tags all of these
 * @param startedAfter runs whose start was called after this instant
 * @param startedBefore runs whose start was called before this instant
 * @param limit most items of a page, 1 to {@value #MAX_LIMIT}
 * @param cursor {@link Page#nextCursor()} of the page before
 */
public record WorkflowQuery(Optional<String> name, Set<WorkflowStatus> statuses, Map<String, String> tags,
		Optional<Instant> startedAfter, Optional<Instant> startedBefore, int limit, Optional<String> cursor) {

	/** Most items of a page. */
	public static final int MAX_LIMIT = 1000;

	private static final int DEFAULT_LIMIT = 100;

	private static final WorkflowQuery ALL = new WorkflowQuery(Optional.empty(), Set.of(), Map.of(), Optional.empty(),
			Optional.empty(), DEFAULT_LIMIT, Optional.empty());

	public WorkflowQuery {
		statuses = Set.copyOf(statuses);
		tags = Map.copyOf(tags);
		if (limit < 1 || limit > MAX_LIMIT) {
			throw new IllegalArgumentException("limit is 1 to " + MAX_LIMIT + ", but was " + limit);
		}
	}

	/**
	 * All runs, a hundred a page.
	 */
	public static WorkflowQuery all() {
		return ALL;
	}

	public WorkflowQuery name(String name) {
		return new WorkflowQuery(Optional.of(name), this.statuses, this.tags, this.startedAfter, this.startedBefore,
				this.limit, this.cursor);
	}

	/**
	 * The items of a queue.
	 */
	public WorkflowQuery queue(String queue) {
		return name(WorkQueue.ITEMS + queue);
	}

	public WorkflowQuery status(WorkflowStatus... statuses) {
		return new WorkflowQuery(this.name, Set.of(statuses), this.tags, this.startedAfter, this.startedBefore,
				this.limit, this.cursor);
	}

	public WorkflowQuery tag(String key, String value) {
		Map<String, String> tags = new TreeMap<>(this.tags);
		tags.put(key, value);
		return new WorkflowQuery(this.name, this.statuses, tags, this.startedAfter, this.startedBefore, this.limit,
				this.cursor);
	}

	public WorkflowQuery startedAfter(Instant instant) {
		return new WorkflowQuery(this.name, this.statuses, this.tags, Optional.of(instant), this.startedBefore,
				this.limit, this.cursor);
	}

	public WorkflowQuery startedBefore(Instant instant) {
		return new WorkflowQuery(this.name, this.statuses, this.tags, this.startedAfter, Optional.of(instant),
				this.limit, this.cursor);
	}

	public WorkflowQuery limit(int limit) {
		return new WorkflowQuery(this.name, this.statuses, this.tags, this.startedAfter, this.startedBefore, limit,
				this.cursor);
	}

	public WorkflowQuery cursor(String cursor) {
		return new WorkflowQuery(this.name, this.statuses, this.tags, this.startedAfter, this.startedBefore, this.limit,
				Optional.of(cursor));
	}

}
