package io.kraft.engine.testing;

import java.util.HashMap;
import java.util.Map;

import io.kraft.engine.store.RunFilter;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.RunSlice;
import io.kraft.engine.store.StatusCounts;
import io.kraft.engine.store.Store;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Counts the runs of a store one by one.
 */
public final class RunCount {

	private RunCount() {
	}

	/**
	 * Fails unless the counts that the store keeps are those of its rows.
	 */
	public static void check(Store store) {
		assertThat(store.counts()).as("the runs that the store has counted").isEqualTo(of(store));
	}

	private static Map<String, StatusCounts> of(Store store) {
		Map<String, StatusCounts> counts = new HashMap<>();
		long before = Long.MAX_VALUE;
		while (true) {
			RunSlice slice = store.runs(RunFilter.ALL, before, 1000);
			for (RunRow row : slice.rows()) {
				counts.merge(row.name(), StatusCounts.NONE.plus(row.status(), 1), StatusCounts::plus);
			}
			if (slice.nextBefore() == 0) {
				return counts;
			}
			before = slice.nextBefore();
		}
	}

}
