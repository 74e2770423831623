package io.kraft.engine.store.kv;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import io.kraft.engine.store.Change;
import io.kraft.engine.store.Change.EntryAppended;
import org.jspecify.annotations.Nullable;

/**
 * Removes the entries of journals that a commit clears, or whose runs it removes.
 * <p>
 * A range delete is cheap to write, but each one makes later reads more expensive, above
 * all those that overlap; and a scan for what there is to delete would delay the
 * committer. So the entries are deleted one by one, without a look, as their number is
 * known from the change. Retention removes neighbours together, as numbers rise in the
 * order of starts: a block of them goes as one range. That no entry is left does not
 * depend on the number: whether one follows is looked up, which a Bloom filter answers as
 * a rule, and then the remaining ones go as a range.
 */
final class JournalRemoval {

	private static final int RANGE_RUNS = 8;

	/** Of a run that is removed, whose range will never be deleted again. */
	private static final int RANGE_ENTRIES = 1024;

	/** Of a journal that is cleared, which may happen many times. */
	private static final int MOST_ENTRIES = 100_000;

	private final KeyReader store;

	private final KeyBatch batch;

	private final List<Change> changes;

	private final SortedMap<Long, Integer> removed = new TreeMap<>();

	/** By the run, how long this commit makes its journal; null until it is needed. */
	private @Nullable Map<Long, Integer> appended;

	JournalRemoval(KeyReader store, KeyBatch batch, List<Change> changes) {
		this.store = store;
		this.batch = batch;
		this.changes = changes;
	}

	/**
	 * Adds the removal of all entries so far.
	 * @param entries how many there are; {@link Change#UNKNOWN_LENGTH} if that is not
	 * known
	 */
	void clear(long run, int entries) {
		delete(run, entries, MOST_ENTRIES);
	}

	/**
	 * The run's entries are to go at the end of the commit.
	 */
	void remove(long run, int entries) {
		this.removed.put(run, entries);
	}

	/**
	 * Adds the removals of runs; to be called last.
	 */
	void write() {
		long first = 0;
		long next = 0;
		for (long run : this.removed.keySet()) {
			if (run != next) {
				writeBlock(first, next);
				first = run;
			}
			next = run + 1;
		}
		writeBlock(first, next);
	}

	private void writeBlock(long from, long to) {
		if (to - from >= RANGE_RUNS) {
			this.batch.deleteRange(Keyspace.JOURNAL, Keys.number(from), Keys.number(to));
			return;
		}
		this.removed.subMap(from, to).forEach((run, entries) -> delete(run, entries, RANGE_ENTRIES));
	}

	private void delete(long run, int known, int most) {
		int stored = (known != Change.UNKNOWN_LENGTH) ? known : length(this.store, run);
		int entries = Math.max(stored, appended().getOrDefault(run, 0));
		if (entries > most) {
			this.batch.deleteRange(Keyspace.JOURNAL, Keys.number(run), Keys.number(run + 1));
			return;
		}
		for (int sequence = 0; sequence < entries; sequence++) {
			this.batch.delete(Keyspace.JOURNAL, RunKeys.entry(run, sequence));
		}
		if (this.store.get(Keyspace.JOURNAL, RunKeys.entry(run, entries)) != null) {
			this.batch.deleteRange(Keyspace.JOURNAL, RunKeys.entry(run, entries), Keys.number(run + 1));
		}
	}

	/**
	 * How many entries a journal has.
	 */
	static int length(KeyReader store, long run) {
		try (KeyCursor entries = store.scan(Keyspace.JOURNAL, Keys.number(run), Keys.number(run + 1))) {
			return entries.last() ? RunKeys.sequence(entries.key()) + 1 : 0;
		}
	}

	/** What the store does not show yet; too many are no error. */
	private Map<Long, Integer> appended() {
		Map<Long, Integer> appended = this.appended;
		if (appended == null) {
			appended = new HashMap<>();
			for (Change change : this.changes) {
				if (change instanceof EntryAppended entry) {
					appended.merge(entry.run(), entry.sequence() + 1, Math::max);
				}
			}
			this.appended = appended;
		}
		return appended;
	}

}
