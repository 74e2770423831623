package io.kraft.engine.store.kv;

import java.util.Arrays;
import java.util.LinkedHashMap;

import io.kraft.engine.journal.JournalCodec;
import io.kraft.engine.store.RunRow;
import org.jspecify.annotations.Nullable;

/**
 * Looks up single runs for a check. What cannot be decoded is as good as missing here: it
 * is a finding where the rows and journals are walked. Not thread-safe.
 */
final class StoredRows {

	private static final int KEPT_WAITS = 64;

	private final KeyReader store;

	private final LinkedHashMap<Long, Waits> waits = new LinkedHashMap<>(KEPT_WAITS, 0.75f, true);

	StoredRows(KeyReader store) {
		this.store = store;
	}

	/**
	 * The row of a number.
	 */
	Found row(long number) {
		byte[] bytes = (number > 0) ? this.store.get(Keyspace.RUNS, Keys.number(number)) : null;
		if (bytes == null) {
			return new Found(false, null);
		}
		try {
			return new Found(true, RunRowCodec.decode(number, bytes));
		}
		catch (RuntimeException ex) {
			return new Found(true, null);
		}
	}

	/**
	 * The newest run of an id.
	 */
	Found row(String id) {
		byte[] prefix = RunKeys.id(id);
		try (KeyCursor numbers = this.store.scan(Keyspace.INDEX, prefix, Keys.after(prefix))) {
			return (numbers.last() && numbers.key().length == prefix.length + Long.BYTES)
					? row(Keys.lastNumber(numbers.key())) : new Found(false, null);
		}
	}

	/**
	 * What a run waits for; null if its journal is damaged or missing.
	 */
	@Nullable OpenWaits waits(long run) {
		Waits known = this.waits.get(run);
		if (known == null) {
			known = new Waits(read(run));
			this.waits.put(run, known);
			if (this.waits.size() > KEPT_WAITS) {
				this.waits.pollFirstEntry();
			}
		}
		return known.open();
	}

	private @Nullable OpenWaits read(long run) {
		OpenWaits read = new OpenWaits();
		int next = 0;
		try (KeyCursor entries = this.store.scan(Keyspace.JOURNAL, Keys.number(run), Keys.number(run + 1))) {
			for (boolean found = entries.first(); found; found = entries.next()) {
				if (!Arrays.equals(entries.key(), RunKeys.entry(run, next++))) {
					return null;
				}
				read.add(JournalCodec.decode(entries.value()));
			}
		}
		catch (RuntimeException ex) {
			return null;
		}
		return (next > 0) ? read : null;
	}

	/**
	 * A row that was looked up.
	 *
	 * @param exists whether there is one
	 * @param row null if it does not exist, or cannot be read
	 */
	record Found(boolean exists, @Nullable RunRow row) {
	}

	private record Waits(@Nullable OpenWaits open) {
	}

}
