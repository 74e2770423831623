package io.kraft.engine.client;

import java.util.Optional;

import io.kraft.client.WorkflowQuery;
import io.kraft.engine.store.RunFilter;
import io.kraft.engine.store.RunSlice;

/**
 * Translates queries and their cursors, which are run numbers.
 */
final class Queries {

	private Queries() {
	}

	static RunFilter filter(WorkflowQuery query) {
		return new RunFilter(query.name().orElse(null), query.statuses(), query.tags(),
				query.startedAfter().orElse(null), query.startedBefore().orElse(null));
	}

	static long before(WorkflowQuery query) {
		if (query.cursor().isEmpty()) {
			return Long.MAX_VALUE;
		}
		String cursor = query.cursor().get();
		try {
			long before = Long.parseLong(cursor);
			if (before > 0) {
				return before;
			}
		}
		catch (NumberFormatException ex) {
			// Said below.
		}
		throw new IllegalArgumentException("'" + cursor + "' is not a cursor: pass the nextCursor of the page before");
	}

	static Optional<String> cursor(RunSlice slice) {
		return (slice.nextBefore() > 0) ? Optional.of(Long.toString(slice.nextBefore())) : Optional.empty();
	}

}
