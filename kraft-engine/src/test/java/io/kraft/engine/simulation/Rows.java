package io.kraft.engine.simulation;

import java.util.ArrayList;
import java.util.List;

import io.kraft.engine.journal.JournalCodec;
import io.kraft.engine.journal.JournalEntry;
import io.kraft.engine.journal.RecordedJournal;
import io.kraft.engine.store.RunFilter;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.RunSlice;
import io.kraft.engine.store.Store;

/**
 * Reads all that a store holds.
 */
final class Rows {

	private Rows() {
	}

	/** All rows, newest first. */
	static List<RunRow> of(Store store) {
		List<RunRow> rows = new ArrayList<>();
		long before = Long.MAX_VALUE;
		while (true) {
			RunSlice slice = store.runs(RunFilter.ALL, before, 1000);
			rows.addAll(slice.rows());
			if (slice.nextBefore() == 0) {
				return rows;
			}
			before = slice.nextBefore();
		}
	}

	static RecordedJournal journal(Store store, RunRow row) {
		RecordedJournal journal = new RecordedJournal();
		store.journal(row.number(), 0, journal::add);
		return journal;
	}

	static List<JournalEntry> entries(Store store, RunRow row) {
		List<JournalEntry> entries = new ArrayList<>();
		store.journal(row.number(), 0, (bytes) -> entries.add(JournalCodec.decode(bytes)));
		return entries;
	}

}
