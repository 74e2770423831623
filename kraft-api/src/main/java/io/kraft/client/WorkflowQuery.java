package io.kraft.client;

import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.kraft.workflow.WorkQueue;
import org.jspecify.annotations.Nullable;

/**
 * Which runs to list, newest first. Immutable: each method returns a changed copy;
 * filters are combined by "and".
 *
 * @param name workflow name; null means all
 * @param statuses any of these; empty means all
 * @param tags all of these
 * @param startedAfter runs whose start was called after this instant; null means all
 * @param startedBefore runs whose start was called before this instant; null means all
 * @param limit most items of a page, 1 to {@value #MAX_LIMIT}
 * @param cursor {@link Page#nextCursor()} of the page before; null for the first page
 * @since 0.1.0
 */
public record WorkflowQuery(@Nullable String name, Set<WorkflowStatus> statuses, Map<String, String> tags,
		@Nullable Instant startedAfter, @Nullable Instant startedBefore, int limit, @Nullable String cursor) {

	/** Most items of a page. */
	public static final int MAX_LIMIT = 1000;

	private static final int DEFAULT_LIMIT = 100;

	private static final WorkflowQuery ALL = new WorkflowQuery(null, Set.of(), Map.of(), null, null, DEFAULT_LIMIT,
			null);

	public WorkflowQuery {
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
		return new WorkflowQuery(RequiredArgument.given("WorkflowQuery.name", "name", name), this.statuses, this.tags,
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
				RequiredArgument.given("WorkflowQuery.startedAfter", "instant", instant), this.startedBefore,
				this.limit, this.cursor);
	}

	public WorkflowQuery startedBefore(Instant instant) {
		return new WorkflowQuery(this.name, this.statuses, this.tags, this.startedAfter,
				RequiredArgument.given("WorkflowQuery.startedBefore", "instant", instant), this.limit, this.cursor);
	}

	public WorkflowQuery limit(int limit) {
		return new WorkflowQuery(this.name, this.statuses, this.tags, this.startedAfter, this.startedBefore, limit,
				this.cursor);
	}

	public WorkflowQuery cursor(String cursor) {
		return new WorkflowQuery(this.name, this.statuses, this.tags, this.startedAfter, this.startedBefore, this.limit,
				RequiredArgument.given("WorkflowQuery.cursor", "cursor", cursor));
	}

}
