package io.kraft.engine.journal;

import java.time.Instant;

import io.kraft.engine.journal.JournalEntry.ChildStarted;
import io.kraft.engine.journal.JournalEntry.OperationEntry;
import io.kraft.engine.journal.JournalEntry.StepAttemptFailed;
import io.kraft.engine.journal.JournalEntry.StepIntended;
import io.kraft.engine.journal.JournalEntry.TimerSet;
import io.kraft.engine.journal.JournalEntry.WaitStarted;
import org.jspecify.annotations.Nullable;

/**
 * What the journal holds about one operation: the sum of its entries. Not thread-safe
 * while it is being read in.
 */
public final class RecordedOperation {

	private final OperationEntry first;

	private @Nullable OperationEntry completedBy;

	private @Nullable StepAttemptFailed lastFailedAttempt;

	private int completedSequence;

	private int intents;

	private int failedAttempts;

	private long size;

	RecordedOperation(OperationEntry first) {
		this.first = first;
	}

	/**
	 * Adds an entry.
	 * @param sequence of the entry in its journal
	 * @param size what it takes in memory, in bytes
	 */
	void add(OperationEntry entry, int sequence, long size) {
		this.size += size;
		switch (entry) {
			case StepIntended intended -> this.intents++;
			case StepAttemptFailed failed -> {
				this.failedAttempts++;
				this.lastFailedAttempt = failed;
			}
			case TimerSet set -> {
			}
			case WaitStarted started -> {
			}
			case ChildStarted started -> {
			}
			default -> {
				this.completedBy = entry;
				this.completedSequence = sequence;
			}
		}
	}

	/** The operation is executed again. */
	void reopen() {
		this.completedBy = null;
		this.completedSequence = 0;
	}

	public Position position() {
		return this.first.position();
	}

	/**
	 * The entry with which the operation began.
	 */
	public OperationEntry first() {
		return this.first;
	}

	/**
	 * The entry that completed it; null while it is open.
	 */
	public @Nullable OperationEntry completedBy() {
		return this.completedBy;
	}

	/**
	 * Where that entry stands in the journal; 0 while it is open.
	 */
	public int completedSequence() {
		return this.completedSequence;
	}

	/**
	 * How many intents of an at-most-once step were recorded.
	 */
	public int intents() {
		return this.intents;
	}

	/**
	 * How many failed attempts were recorded that were to be followed by another.
	 */
	public int failedAttempts() {
		return this.failedAttempts;
	}

	/**
	 * The last of these; null if there was none.
	 */
	public @Nullable StepAttemptFailed lastFailedAttempt() {
		return this.lastFailedAttempt;
	}

	/**
	 * About how many bytes its entries take in memory.
	 */
	public long size() {
		return this.size;
	}

	public OperationKind kind() {
		return this.first.kind();
	}

	/**
	 * The name of the step, the side effect or the state key; empty for the others.
	 */
	public String name() {
		return this.first.name();
	}

	/**
	 * The recorded arguments of a step; null where none are recorded.
	 */
	public @Nullable Payload arguments() {
		return this.first.arguments();
	}

	/**
	 * When a timer or the next attempt is due; null where neither is.
	 */
	public @Nullable Instant dueAt() {
		if (this.first instanceof TimerSet timer) {
			return timer.dueAt();
		}
		if (this.first instanceof WaitStarted wait) {
			return wait.dueAt();
		}
		return (this.lastFailedAttempt != null && this.completedBy == null) ? this.lastFailedAttempt.retryAt() : null;
	}

}
