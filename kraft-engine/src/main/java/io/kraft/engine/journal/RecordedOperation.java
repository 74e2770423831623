package io.kraft.engine.journal;

import java.time.Instant;
import java.util.Objects;

import io.kraft.engine.journal.JournalEntry.CallbackOpened;
import io.kraft.engine.journal.JournalEntry.OperationEntry;
import io.kraft.engine.journal.JournalEntry.SideEffectCompleted;
import io.kraft.engine.journal.JournalEntry.SignalSent;
import io.kraft.engine.journal.JournalEntry.StateChanged;
import io.kraft.engine.journal.JournalEntry.StepAttemptFailed;
import io.kraft.engine.journal.JournalEntry.StepCompleted;
import io.kraft.engine.journal.JournalEntry.StepIntended;
import io.kraft.engine.journal.JournalEntry.TimeRead;
import io.kraft.engine.journal.JournalEntry.TimerFired;
import io.kraft.engine.journal.JournalEntry.TimerSet;
import io.kraft.engine.journal.JournalEntry.UuidDrawn;
import io.kraft.engine.journal.JournalEntry.ValuePublished;
import io.kraft.engine.journal.JournalEntry.WaitEnded;
import io.kraft.engine.journal.JournalEntry.WaitStarted;
import org.jspecify.annotations.Nullable;

/**
 * What the journal holds about one operation: the sum of its entries. Not thread-safe
 * while it is being read in.
 */
public final class RecordedOperation {

	private final OperationEntry first;

	private @Nullable OperationEntry settled;

	private @Nullable StepAttemptFailed lastFailedAttempt;

	private int intents;

	private int failedAttempts;

	RecordedOperation(OperationEntry first) {
		this.first = first;
	}

	void add(OperationEntry entry) {
		switch (entry) {
			case StepIntended intended -> this.intents++;
			case StepAttemptFailed failed -> {
				this.failedAttempts++;
				this.lastFailedAttempt = failed;
			}
			case TimerSet set -> {
			}
			case StepCompleted completed -> settle(completed);
			case SideEffectCompleted completed -> settle(completed);
			case TimerFired fired -> settle(fired);
			case TimeRead read -> settle(read);
			case UuidDrawn drawn -> settle(drawn);
			case StateChanged changed -> settle(changed);
			case WaitStarted started -> {
			}
			case WaitEnded ended -> settle(ended);
			case CallbackOpened opened -> settle(opened);
			case SignalSent sent -> settle(sent);
			case ValuePublished published -> settle(published);
		}
	}

	private void settle(OperationEntry entry) {
		this.settled = entry;
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
	 * The entry that settled it; null while it is open.
	 */
	public @Nullable OperationEntry settled() {
		return this.settled;
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

	public OperationKind kind() {
		return switch (this.first) {
			case StepIntended entry -> OperationKind.STEP;
			case StepAttemptFailed entry -> OperationKind.STEP;
			case StepCompleted entry -> OperationKind.STEP;
			case SideEffectCompleted entry -> OperationKind.SIDE_EFFECT;
			case TimerSet entry -> OperationKind.TIMER;
			case TimerFired entry -> OperationKind.TIMER;
			case TimeRead entry -> OperationKind.TIME;
			case UuidDrawn entry -> OperationKind.UUID;
			case StateChanged entry -> OperationKind.STATE;
			case WaitStarted entry -> entry.operation();
			case WaitEnded entry -> entry.operation();
			case CallbackOpened entry -> OperationKind.CALLBACK;
			case SignalSent entry -> OperationKind.SIGNAL_SENT;
			case ValuePublished entry -> OperationKind.PUBLISHED;
		};
	}

	/**
	 * The name of the step, the side effect or the state key; empty for the others.
	 */
	public String name() {
		return switch (this.first) {
			case StepIntended entry -> entry.step();
			case StepAttemptFailed entry -> entry.step();
			case StepCompleted entry -> entry.step();
			case SideEffectCompleted entry -> entry.name();
			case StateChanged entry -> Objects.requireNonNullElse(entry.key(), "");
			case TimerSet entry -> "";
			case TimerFired entry -> "";
			case TimeRead entry -> "";
			case UuidDrawn entry -> "";
			case WaitStarted entry -> entry.name();
			case WaitEnded entry -> entry.name();
			case CallbackOpened entry -> "";
			case SignalSent entry -> entry.signal();
			case ValuePublished entry -> entry.key();
		};
	}

	/**
	 * The recorded arguments of a step; null where there are none.
	 */
	public @Nullable Payload arguments() {
		return switch (this.first) {
			case StepIntended entry -> entry.arguments();
			case StepAttemptFailed entry -> entry.arguments();
			case StepCompleted entry -> entry.arguments();
			case SideEffectCompleted entry -> null;
			case TimerSet entry -> null;
			case TimerFired entry -> null;
			case TimeRead entry -> null;
			case UuidDrawn entry -> null;
			case StateChanged entry -> null;
			case WaitStarted entry -> null;
			case WaitEnded entry -> null;
			case CallbackOpened entry -> null;
			case SignalSent entry -> null;
			case ValuePublished entry -> null;
		};
	}

	/**
	 * When a timer or the next attempt is due; null where nothing is.
	 */
	public @Nullable Instant dueAt() {
		if (this.first instanceof TimerSet timer) {
			return timer.dueAt();
		}
		if (this.first instanceof WaitStarted wait) {
			return wait.dueAt();
		}
		return (this.lastFailedAttempt != null && this.settled == null) ? this.lastFailedAttempt.retryAt() : null;
	}

}
