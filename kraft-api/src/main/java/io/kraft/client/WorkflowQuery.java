package io.kraft.client;

import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import io.kraft.workflow.WorkQueue;

/**
 * Which runs to list, newest first. Immutable: each method returns a changed copy;
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

	private static final String ABSENT = "For none use Optional.empty()";

	private static final WorkflowQuery ALL = new WorkflowQuery(Optional.empty(), Set.of(), Map.of(), Optional.empty(),
			Optional.empty(), DEFAULT_LIMIT, Optional.empty());

	public WorkflowQuery {
		RequiredArgument.check("WorkflowQuery", "name", name, ABSENT);
		RequiredArgument.check("WorkflowQuery", "startedAfter", startedAfter, ABSENT);
		RequiredArgument.check("WorkflowQuery", "startedBefore", startedBefore, ABSENT);
		RequiredArgument.check("WorkflowQuery", "cursor", cursor, ABSENT);
		statuses = RequiredArgument.elements("WorkflowQuery", "statuses", statuses);
		tags = RequiredArgument.entries("WorkflowQuery.tags", "tags", tags);
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
		return new WorkflowQuery(RequiredArgument.present("WorkflowQuery.name", "name", name), this.statuses, this.tags,
				this.startedAfter, this.startedBefore, this.limit, this.cursor);
	}

	/**
	 * The items of a queue.
	 */
	public WorkflowQuery queue(String queue) {
		return name(WorkQueue.ITEMS + RequiredArgument.check("WorkflowQuery.queue", "queue", queue));
	}

	public WorkflowQuery status(WorkflowStatus... statuses) {
		RequiredArgument.check("WorkflowQuery.status", "statuses", statuses);
		return new WorkflowQuery(this.name,
				RequiredArgument.elements("WorkflowQuery.status", "statuses", Arrays.asList(statuses)), this.tags,
				this.startedAfter, this.startedBefore, this.limit, this.cursor);
	}

	public WorkflowQuery tag(String key, String value) {
		RequiredArgument.check("WorkflowQuery.tag", "key", key);
		RequiredArgument.check("WorkflowQuery.tag", "value", value);
		Map<String, String> tags = new TreeMap<>(this.tags);
		tags.put(key, value);
		return new WorkflowQuery(this.name, this.statuses, tags, this.startedAfter, this.startedBefore, this.limit,
				this.cursor);
	}

	public WorkflowQuery startedAfter(Instant instant) {
		return new WorkflowQuery(this.name, this.statuses, this.tags,
				RequiredArgument.present("WorkflowQuery.startedAfter", "instant", instant), this.startedBefore,
				this.limit, this.cursor);
	}

	public WorkflowQuery startedBefore(Instant instant) {
		return new WorkflowQuery(this.name, this.statuses, this.tags, this.startedAfter,
				RequiredArgument.present("WorkflowQuery.startedBefore", "instant", instant), this.limit, this.cursor);
	}

	public WorkflowQuery limit(int limit) {
		return new WorkflowQuery(this.name, this.statuses, this.tags, this.startedAfter, this.startedBefore, limit,
				this.cursor);
	}

	public WorkflowQuery cursor(String cursor) {
		return new WorkflowQuery(this.name, this.statuses, this.tags, this.startedAfter, this.startedBefore, this.limit,
				RequiredArgument.present("WorkflowQuery.cursor", "cursor", cursor));
	}

}
