package io.kraft.engine.store.kv;

import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Removes the journals of runs that a commit removes.
 * <p>
 * A range delete is cheap to write, but each one makes later reads dearer, and a single
 * delete the other way round. Retention removes neighbours together, as numbers rise in
 * the order of starts: so a block of neighbours goes as one range, and a lone small
 * journal entry by entry.
 */
final class JournalRemoval {

	private static final int RANGE_RUNS = 8;

	private static final int RANGE_ENTRIES = 64;

	private final SortedSet<Long> removed = new TreeSet<>();

	void add(long run) {
		this.removed.add(run);
	}

	/**
	 * Adds the removals to the batch; to be called last.
	 * @param appended runs to whose journals the batch has added entries, which the store
	 * does not show yet
	 */
	void write(KeyReader store, KeyBatch batch, Set<Long> appended) {
		long first = 0;
		long next = 0;
		for (long run : this.removed) {
			if (run != next) {
				writeBlock(store, batch, appended, first, next);
				first = run;
			}
			next = run + 1;
		}
		writeBlock(store, batch, appended, first, next);
	}

	private static void writeBlock(KeyReader store, KeyBatch batch, Set<Long> appended, long from, long to) {
		if (to - from >= RANGE_RUNS) {
			batch.deleteRange(Keyspace.JOURNAL, Keys.number(from), Keys.number(to));
			return;
		}
		for (long run = from; run < to; run++) {
			if (appended.contains(run) || !deletedSingly(store, batch, run)) {
				batch.deleteRange(Keyspace.JOURNAL, Keys.number(run), Keys.number(run + 1));
			}
		}
	}

	private static boolean deletedSingly(KeyReader store, KeyBatch batch, long run) {
		try (KeyCursor entries = store.scan(Keyspace.JOURNAL, Keys.number(run), Keys.number(run + 1))) {
			int count = 0;
			for (boolean found = entries.first(); found; found = entries.next()) {
				if (count++ == RANGE_ENTRIES) {
					return false;
				}
				batch.delete(Keyspace.JOURNAL, entries.key());
			}
			return true;
		}
	}

}
