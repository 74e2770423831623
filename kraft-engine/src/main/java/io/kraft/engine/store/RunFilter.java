package io.kraft.engine.store;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

import io.kraft.client.WorkflowStatus;
import org.jspecify.annotations.Nullable;

/**
 * Which runs to list; filters are combined by "and".
 *
 * @param name workflow name; null means any
 * @param statuses any of these; empty means all
 * @param tags all of these
 * @param createdAfter exclusive; null means any
 * @param createdBefore exclusive; null means any
 */
public record RunFilter(@Nullable String name, Set<WorkflowStatus> statuses, Map<String, String> tags,
		@Nullable Instant createdAfter, @Nullable Instant createdBefore) {

	/** All runs. */
	public static final RunFilter ALL = new RunFilter(null, Set.of(), Map.of(), null, null);

	public RunFilter {
		statuses = Set.copyOf(statuses);
		tags = Map.copyOf(tags);
	}

	/**
	 * Whether the row passes every filter.
	 */
	public boolean accepts(RunRow row) {
		return (this.name == null || this.name.equals(row.name()))
				&& (this.statuses.isEmpty() || this.statuses.contains(row.status()))
				&& row.tags().entrySet().containsAll(this.tags.entrySet())
				&& (this.createdAfter == null || row.createdAt().isAfter(this.createdAfter))
				&& (this.createdBefore == null || row.createdAt().isBefore(this.createdBefore));
	}

}
