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
		return new RunFilter(query.name(), query.statuses(), query.tags(), query.startedAfter(), query.startedBefore());
	}

	static long before(WorkflowQuery query) {
		String cursor = query.cursor();
		if (cursor == null) {
			return Long.MAX_VALUE;
		}
		try {
			long before = Long.parseLong(cursor);
			if (before > 0) {
				return before;
			}
		}
		catch (NumberFormatException ex) {
			// Reported below.
		}
		throw new IllegalArgumentException("'" + cursor + "' is not a cursor: pass the nextCursor of the page before");
	}

	static Optional<String> cursor(RunSlice slice) {
		return (slice.nextBefore() > 0) ? Optional.of(Long.toString(slice.nextBefore())) : Optional.empty();
	}

}
