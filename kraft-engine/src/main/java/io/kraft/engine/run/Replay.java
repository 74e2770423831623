package io.kraft.engine.run;

import java.util.Map;

import io.kraft.engine.journal.Position;
import io.kraft.engine.journal.RecordedOperation;
import io.kraft.engine.memory.JournalShare;
import org.jspecify.annotations.Nullable;

/**
 * The operations that a run's journal holds and its code has not asked for yet. Each is
 * taken once, so that a run that has caught up holds nothing of its past. Thread-safe.
 * <p>
 * The map is the one that the journal was read into, under a lock: a long journal has
 * tens of thousands of operations, and a concurrent copy of it was a third of the work of
 * loading it. The lock is held for a look-up, and few runs have several branches.
 */
public final class Replay {

	private final Map<Position, RecordedOperation> ahead;

	private final @Nullable JournalShare share;

	private final int recorded;

	private Replay(Map<Position, RecordedOperation> ahead, @Nullable JournalShare share) {
		this.ahead = ahead;
		this.share = share;
		this.recorded = ahead.size();
	}

	/**
	 * Of a run that has no past.
	 */
	public static Replay nothing() {
		return new Replay(Map.of(), null);
	}

	/**
	 * Of a run that has a past.
	 * @param operations what its journal holds; taken over, and emptied
	 * @param share of the memory that they take; given back with each that is taken
	 */
	public static Replay of(Map<Position, RecordedOperation> operations, JournalShare share) {
		if (operations.isEmpty()) {
			share.giveBackAll();
			return nothing();
		}
		return new Replay(operations, share);
	}

	/**
	 * Takes what is recorded at a position; null if nothing is.
	 */
	synchronized @Nullable RecordedOperation take(Position position) {
		RecordedOperation taken = this.ahead.isEmpty() ? null : this.ahead.remove(position);
		if (taken != null && this.share != null) {
			this.share.giveBack(taken.size());
			if (this.ahead.isEmpty()) {
				// What it began with, and what was forgotten by a retry.
				this.share.giveBackAll();
			}
		}
		return taken;
	}

	/**
	 * Counts nothing of what is ahead any more, because the run waits, so that no other
	 * run waits for its memory, or has left.
	 */
	public void release() {
		if (this.share != null) {
			this.share.giveBackAll();
		}
	}

	/**
	 * What is recorded at a position and was not taken yet; null if nothing is.
	 */
	public synchronized @Nullable RecordedOperation at(Position position) {
		return this.ahead.get(position);
	}

	synchronized boolean holds(Position position) {
		return this.ahead.containsKey(position);
	}

	/**
	 * The first operation that is still ahead; null if the code has asked for all.
	 */
	public @Nullable RecordedOperation first() {
		return firstOutside(null);
	}

	/**
	 * The first operation that is still ahead and is neither at a position nor below it;
	 * null if there is none.
	 * @param position null means all count
	 */
	public synchronized @Nullable RecordedOperation firstOutside(@Nullable Position position) {
		return this.ahead.entrySet()
			.stream()
			.filter((entry) -> position == null || !entry.getKey().isWithin(position))
			.min(Map.Entry.comparingByKey())
			.map(Map.Entry::getValue)
			.orElse(null);
	}

	/**
	 * How many operations were ahead when the run was loaded.
	 */
	int recorded() {
		return this.recorded;
	}

	/**
	 * Whether nothing is ahead.
	 */
	public synchronized boolean isOver() {
		return this.ahead.isEmpty();
	}

}
