package io.kraft.engine.store.kv;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import io.kraft.engine.journal.JournalEntry;
import io.kraft.engine.journal.JournalEntry.ChildStarted;
import io.kraft.engine.journal.JournalEntry.ChildrenReopened;
import io.kraft.engine.journal.JournalEntry.DeadlineSet;
import io.kraft.engine.journal.JournalEntry.FailureTraced;
import io.kraft.engine.journal.JournalEntry.OperationEntry;
import io.kraft.engine.journal.JournalEntry.RunContinued;
import io.kraft.engine.journal.JournalEntry.RunEnded;
import io.kraft.engine.journal.JournalEntry.RunRetried;
import io.kraft.engine.journal.JournalEntry.RunStarted;
import io.kraft.engine.journal.JournalEntry.StepAttemptFailed;
import io.kraft.engine.journal.JournalEntry.StepIntended;
import io.kraft.engine.journal.JournalEntry.TimerSet;
import io.kraft.engine.journal.JournalEntry.TraceKept;
import io.kraft.engine.journal.JournalEntry.WaitStarted;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Position;
import org.jspecify.annotations.Nullable;

/**
 * What a run waits for, by its journal: the operations that are open and have a due time
 * or a child, and the deadline. Keeps no payloads. Not thread-safe.
 */
final class OpenWaits {

	private final Map<Position, Open> open = new HashMap<>();

	private final Map<Position, String> children = new HashMap<>();

	private int generation;

	private @Nullable Instant deadline;

	private @Nullable RunEnded ended;

	void add(JournalEntry entry) {
		this.ended = null;
		switch (entry) {
			case RunStarted started -> {
			}
			case TraceKept trace -> {
			}
			case FailureTraced traced -> {
			}
			case ChildrenReopened reopened -> reopened.children().forEach(this::reopen);
			case RunEnded end -> this.ended = end;
			case RunContinued continued -> this.generation = continued.generation();
			case DeadlineSet set -> this.deadline = set.dueAt();
			case RunRetried retried -> {
				this.deadline = null;
				retried.forgotten().forEach(this.open::remove);
			}
			case TimerSet timer -> this.open.put(timer.position(), new Open.Due(timer.dueAt()));
			case WaitStarted wait -> this.open.put(wait.position(), new Open.Due(wait.dueAt()));
			case StepAttemptFailed failed -> this.open.put(failed.position(), new Open.Retry(failed.retryAt()));
			case ChildStarted child -> {
				this.children.put(child.position(), child.childId());
				this.open.put(child.position(), new Open.Child(child.childId()));
			}
			case StepIntended intended -> {
			}
			case OperationEntry other -> this.open.remove(other.position());
		}
	}

	private void reopen(Position position) {
		String child = this.children.get(position);
		if (child != null) {
			this.open.put(position, new Open.Child(child));
		}
	}

	/** The open operations. */
	Map<Position, Open> open() {
		return this.open;
	}

	/** When the run is to have ended; null if it may take any time. */
	@Nullable Instant deadline() {
		return this.deadline;
	}

	/** How the run has ended, if that is the last entry; else null. */
	@Nullable Outcome outcome() {
		return (this.ended != null) ? this.ended.outcome() : null;
	}

	/**
	 * Where an operation is, among all journals of the run, as messages name it.
	 */
	String place(Position position) {
		return position.inGeneration(this.generation);
	}

	/**
	 * Whether a child is waited for at a place.
	 */
	boolean awaitsChild(String place) {
		return this.open.entrySet()
			.stream()
			.anyMatch((wait) -> wait.getValue() instanceof Open.Child && place(wait.getKey()).equals(place));
	}

	/**
	 * An operation that is open.
	 */
	sealed interface Open {

		/** It is over at a time. */
		record Due(Instant at) implements Open {
		}

		/** A step is attempted again at a time. */
		record Retry(Instant at) implements Open {
		}

		/** A child has not ended, as far as the run knows. */
		record Child(String id) implements Open {
		}

	}

}
