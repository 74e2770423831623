package io.kraft.engine.store.kv;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;

import io.kraft.engine.journal.UnreadableEntryException;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.StorageException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rows that were left out where many are read, because their bytes are damaged: the
 * others are read all the same. Each is logged once. Thread-safe.
 */
final class UnreadableRows {

	private static final Logger logger = LoggerFactory.getLogger(UnreadableRows.class);

	/** More are left out, too, but not remembered, nor logged. */
	private static final int MOST_LOGGED = 1000;

	private final Set<Long> runs = ConcurrentHashMap.newKeySet();

	/**
	 * Reads a row.
	 * @return null if it is missing or damaged
	 * @throws StorageException if the medium failed
	 */
	@Nullable RunRow skip(long run, LongFunction<@Nullable RunRow> reader) {
		try {
			return reader.apply(run);
		}
		catch (StorageException ex) {
			if (!ex.code().equals(StorageException.DAMAGED)) {
				throw ex;
			}
			report(run, ex);
		}
		catch (UnreadableEntryException ex) {
			report(run, ex);
		}
		return null;
	}

	private void report(long run, RuntimeException failure) {
		if (this.runs.size() < MOST_LOGGED && this.runs.add(run)) {
			logger.error("The row of run number {} cannot be read, and the run is left out ({} so far): {}", run,
					this.runs.size(), failure.getMessage());
		}
	}

}
