package io.kraft.engine.store.kv;

import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Removes what is kept for runs beside their journals. Few runs have anything: one cursor
 * looks for all of them, and is not moved for those that lie before what it has found.
 */
final class MessageRemoval {

	private final SortedSet<Long> removed = new TreeSet<>();

	void add(long run) {
		this.removed.add(run);
	}

	/**
	 * Adds the removals to the batch.
	 */
	void write(KeyReader store, KeyBatch batch) {
		if (this.removed.isEmpty()) {
			return;
		}
		byte[][][] first = MessageKeys.all(this.removed.first());
		byte[][][] last = MessageKeys.all(this.removed.last());
		for (int kind = 0; kind < first.length; kind++) {
			try (KeyCursor keys = store.scan(Keyspace.MESSAGES, first[kind][0], last[kind][1])) {
				write(keys, kind, batch);
			}
		}
	}

	private void write(KeyCursor keys, int kind, KeyBatch batch) {
		boolean found = keys.first();
		for (long run : this.removed) {
			if (found && MessageKeys.run(keys.key()) < run) {
				found = keys.atOrAfter(MessageKeys.all(run)[kind][0]);
			}
			while (found && MessageKeys.run(keys.key()) == run) {
				batch.delete(Keyspace.MESSAGES, keys.key());
				found = keys.next();
			}
			if (!found) {
				return;
			}
		}
	}

}
