package io.kraft.engine.journal;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

import io.kraft.engine.journal.JournalEntry.OperationEntry;
import io.kraft.engine.journal.JournalEntry.RunEnded;
import io.kraft.engine.journal.JournalEntry.RunStarted;
import org.jspecify.annotations.Nullable;

/**
 * A journal as it was read: its start, its operations in the order of their first
 * entries, its end. Not thread-safe.
 */
public final class RecordedJournal {

	private final Map<Position, RecordedOperation> operations = new LinkedHashMap<>();

	private @Nullable RunStarted started;

	private @Nullable RunEnded ended;

	private int length;

	/**
	 * Adds the next entry, as its codec wrote it.
	 */
	public void add(byte[] encoded) {
		this.length++;
		switch (JournalCodec.decode(encoded)) {
			case RunStarted start -> this.started = start;
			case RunEnded end -> this.ended = end;
			case OperationEntry entry ->
				this.operations.computeIfAbsent(entry.position(), (position) -> new RecordedOperation(entry))
					.add(entry);
		}
	}

	/**
	 * How many entries it has.
	 */
	public int length() {
		return this.length;
	}

	/**
	 * The start of the run; null only in a journal that is damaged or empty.
	 */
	public @Nullable RunStarted started() {
		return this.started;
	}

	/**
	 * The end of the run; null before.
	 */
	public @Nullable RunEnded ended() {
		return this.ended;
	}

	/**
	 * The operations by their position.
	 */
	public Map<Position, RecordedOperation> operations() {
		return this.operations;
	}

	/**
	 * The operations in the order of their first entries.
	 */
	public Collection<RecordedOperation> inOrder() {
		return this.operations.values();
	}

}
