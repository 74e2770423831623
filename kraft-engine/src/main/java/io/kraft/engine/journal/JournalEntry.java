package io.kraft.engine.journal;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A fact about a run. Entries are only ever appended; an operation may have several, of
 * which at most one completes it.
 */
public sealed interface JournalEntry {

	/** When the fact was established, in whole milliseconds. */
	Instant at();

	/**
	 * The run exists: the first entry of each journal.
	 *
	 * @param arguments JSON array of the workflow's arguments
	 * @param seed of the run's random number generator
	 * @param secret of this journal; null in one of an earlier format, and in one that
	 * was exported
	 */
	record RunStarted(Payload arguments, long seed, @Nullable RunSecret secret, Instant at) implements JournalEntry {

		/**
		 * The same without its secret: all that a replay needs.
		 */
		public RunStarted withoutSecret() {
			return new RunStarted(this.arguments, this.seed, null, this.at);
		}

	}

	/**
	 * The run has ended: the last entry of its journal.
	 */
	record RunEnded(Outcome outcome, Instant at) implements JournalEntry {
	}

	/**
	 * The run is to end by a time.
	 */
	record DeadlineSet(Instant dueAt, Instant at) implements JournalEntry {
	}

	/**
	 * The run was started in a trace, to which its steps belong.
	 *
	 * @param context fields of a header that propagates the trace
	 */
	record TraceKept(Map<String, String> context, Instant at) implements JournalEntry {

		public TraceKept {
			context = Map.copyOf(context);
		}

	}

	/**
	 * The run continues with a fresh journal: the entry behind its start.
	 *
	 * @param generation how many journals came before
	 * @param state that it has kept
	 */
	record RunContinued(int generation, Map<String, Payload> state, Instant at) implements JournalEntry {

		public RunContinued {
			state = Map.copyOf(state);
		}

	}

	/**
	 * The run had failed and continues, as if its end and the operations at some
	 * positions had not been recorded.
	 *
	 * @param forgotten positions of operations that are made again
	 */
	record RunRetried(List<Position> forgotten, Instant at) implements JournalEntry {

		public RunRetried {
			forgotten = List.copyOf(forgotten);
		}

	}

	/**
	 * Where the failure has come from with which the run is about to end: before
	 * {@link RunEnded}, in a run that may be retried.
	 *
	 * @param from a position for each line of execution that has seen the failure, at
	 * which it did: that operation, and all behind it on the same line, is made again by
	 * a retry. Empty if no operation had failed with it
	 * @param children positions of operations that started a child whose failure it was
	 */
	record FailureTraced(List<Position> from, List<Position> children, Instant at) implements JournalEntry {

		public FailureTraced {
			from = List.copyOf(from);
			children = List.copyOf(children);
		}

	}

	/**
	 * The run was retried together with children that had failed, as if their ends had
	 * not been recorded: behind {@link RunRetried}.
	 *
	 * @param children positions of the operations that started them
	 */
	record ChildrenReopened(List<Position> children, Instant at) implements JournalEntry {

		public ChildrenReopened {
			children = List.copyOf(children);
		}

	}

	/**
	 * A fact about the operation at a position.
	 */
	sealed interface OperationEntry extends JournalEntry {

		Position position();

		/** What kind of operation it is about. */
		OperationKind kind();

		/**
		 * Of the step, the side effect, the signal, the state key; empty for the others.
		 */
		default String name() {
			return "";
		}

		/** The recorded arguments of a step; null where none are recorded. */
		default @Nullable Payload arguments() {
			return null;
		}

	}

	/**
	 * A step with at-most-once delivery is about to enter its body.
	 *
	 * @param arguments null where they are not recorded
	 */
	record StepIntended(Position position, String step, @Nullable Payload arguments,
			Instant at) implements OperationEntry {

		@Override
		public OperationKind kind() {
			return OperationKind.STEP;
		}

		@Override
		public String name() {
			return this.step;
		}

	}

	/**
	 * An attempt of a step has failed and another will be made.
	 *
	 * @param arguments null where they are not recorded
	 * @param attempt number of the failed attempt, from 1
	 * @param retryAt when the next attempt is due
	 */
	record StepAttemptFailed(Position position, String step, @Nullable Payload arguments, int attempt, Failure failure,
			Instant retryAt, Instant at) implements OperationEntry {

		@Override
		public OperationKind kind() {
			return OperationKind.STEP;
		}

		@Override
		public String name() {
			return this.step;
		}

	}

	/**
	 * A step has its outcome.
	 *
	 * @param arguments null where they are not recorded
	 * @param attempts made in total, from 1
	 * @param startedAt when the last attempt began
	 */
	record StepCompleted(Position position, String step, @Nullable Payload arguments, Outcome outcome, int attempts,
			Instant startedAt, Instant at) implements OperationEntry {

		@Override
		public OperationKind kind() {
			return OperationKind.STEP;
		}

		@Override
		public String name() {
			return this.step;
		}

	}

	/**
	 * A side effect has its outcome.
	 */
	record SideEffectCompleted(Position position, String name, Outcome outcome, Instant at) implements OperationEntry {

		@Override
		public OperationKind kind() {
			return OperationKind.SIDE_EFFECT;
		}

	}

	/**
	 * The run waits for a time.
	 */
	record TimerSet(Position position, Instant dueAt, Instant at) implements OperationEntry {

		@Override
		public OperationKind kind() {
			return OperationKind.TIMER;
		}

	}

	/**
	 * The time that the run waited for has come.
	 */
	record TimerFired(Position position, Instant at) implements OperationEntry {

		@Override
		public OperationKind kind() {
			return OperationKind.TIMER;
		}

	}

	/**
	 * The run read the time, which is {@link #at()} in whole microseconds.
	 */
	record TimeRead(Position position, Instant at) implements OperationEntry {

		@Override
		public OperationKind kind() {
			return OperationKind.TIME;
		}

	}

	/**
	 * The run generated a random UUID.
	 */
	record UuidDrawn(Position position, UUID uuid, Instant at) implements OperationEntry {

		@Override
		public OperationKind kind() {
			return OperationKind.UUID;
		}

	}

	/**
	 * The run changed its state.
	 *
	 * @param key null means all keys
	 * @param value null means that the key is cleared
	 */
	record StateChanged(Position position, @Nullable String key, @Nullable Payload value,
			Instant at) implements OperationEntry {

		@Override
		public OperationKind kind() {
			return OperationKind.STATE;
		}

		@Override
		public String name() {
			return (this.key != null) ? this.key : "";
		}

	}

	/**
	 * The run waits for something, at most until a time.
	 *
	 * @param kind what it waits for
	 */
	record WaitStarted(Position position, OperationKind kind, String name, Instant dueAt,
			Instant at) implements OperationEntry {
	}

	/**
	 * What the run waited for has come, or its time is over.
	 *
	 * @param kind what it waited for
	 * @param outcome what came; null if the time was over first
	 */
	record WaitEnded(Position position, OperationKind kind, String name, @Nullable Outcome outcome,
			Instant at) implements OperationEntry {
	}

	/**
	 * The run opened a callback.
	 *
	 * @param token in a journal of an earlier format, whose tokens complete nothing any
	 * more; null otherwise
	 */
	record CallbackOpened(Position position, @Nullable String token, Instant at) implements OperationEntry {

		@Override
		public OperationKind kind() {
			return OperationKind.CALLBACK;
		}

	}

	/**
	 * The run sent a signal to another.
	 *
	 * @param outcome a failure if there was no run to take it
	 */
	record SignalSent(Position position, String signal, String target, Outcome outcome,
			Instant at) implements OperationEntry {

		@Override
		public OperationKind kind() {
			return OperationKind.SIGNAL_SENT;
		}

		@Override
		public String name() {
			return this.signal;
		}

	}

	/**
	 * The run published a value.
	 */
	record ValuePublished(Position position, String key, Payload value, Instant at) implements OperationEntry {

		@Override
		public OperationKind kind() {
			return OperationKind.PUBLISHED;
		}

		@Override
		public String name() {
			return this.key;
		}

	}

	/**
	 * The run reached an operation that has no outcome of its own: it opened a branch, or
	 * registers a compensation, or begins to compensate.
	 */
	record OperationBegun(Position position, OperationKind kind, String name, Instant at) implements OperationEntry {
	}

	/**
	 * The run was cancelled at an operation, which did not take place, or not to its end.
	 */
	record OperationCancelled(Position position, OperationKind kind, String name, CancelCause cause,
			Instant at) implements OperationEntry {
	}

	/**
	 * The run started another as its child, or found one that has the child's id.
	 *
	 * @param name the child's workflow
	 * @param childId the child's id
	 */
	record ChildStarted(Position position, String name, String childId, Instant at) implements OperationEntry {

		@Override
		public OperationKind kind() {
			return OperationKind.CHILD;
		}

	}

}
