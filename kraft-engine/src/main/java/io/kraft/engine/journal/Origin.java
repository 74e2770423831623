package io.kraft.engine.journal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

import io.kraft.engine.journal.JournalEntry.DeadlineSet;
import io.kraft.engine.journal.JournalEntry.RunContinued;
import io.kraft.engine.journal.JournalEntry.RunStarted;
import io.kraft.engine.journal.JournalEntry.TraceKept;
import org.jspecify.annotations.Nullable;

/**
 * What a journal begins with, before the operations of its run. Immutable.
 *
 * @param started with which arguments
 * @param continued what was kept from the journal before; null if this is the run's first
 * @param deadline when the run is to have ended; null if it may take any time
 * @param trace that it was started in; null if in none
 */
public record Origin(RunStarted started, @Nullable RunContinued continued, @Nullable DeadlineSet deadline,
		@Nullable TraceKept trace) {

	/**
	 * The origin of a run's first journal.
	 * @param deadline null if it may take any time
	 * @param trace empty if it is started in none
	 */
	public static Origin of(RunStarted started, @Nullable Instant deadline, Map<String, String> trace) {
		return new Origin(started, null, deadlineSet(deadline, started.at()),
				trace.isEmpty() ? null : new TraceKept(trace, started.at()));
	}

	/**
	 * Reads the first entries of a journal.
	 * @param entry by its sequence; returns null if the journal has none
	 * @throws UnreadableEntryException if the first one is not a start
	 */
	public static Origin read(String id, IntFunction<@Nullable JournalEntry> entry) {
		if (!(entry.apply(0) instanceof RunStarted started)) {
			throw corrupt(id);
		}
		int next = 1;
		RunContinued continued = (entry.apply(next) instanceof RunContinued kept) ? kept : null;
		next += (continued != null) ? 1 : 0;
		DeadlineSet deadline = (entry.apply(next) instanceof DeadlineSet set) ? set : null;
		next += (deadline != null) ? 1 : 0;
		TraceKept trace = (entry.apply(next) instanceof TraceKept kept) ? kept : null;
		return new Origin(started, continued, deadline, trace);
	}

	static UnreadableEntryException corrupt(String id) {
		return UnreadableEntryException.corrupt("the journal of run '" + id + "' does not begin with its start");
	}

	private static @Nullable DeadlineSet deadlineSet(@Nullable Instant dueAt, Instant at) {
		return (dueAt != null) ? new DeadlineSet(dueAt, at) : null;
	}

	/**
	 * The same with what was kept from a journal before.
	 */
	public Origin withContinued(@Nullable RunContinued continued) {
		return new Origin(this.started, continued, this.deadline, this.trace);
	}

	/**
	 * The origin of the journal that takes the place of this one's; the deadline and the
	 * trace stay.
	 * @param state that is kept
	 */
	public Origin next(RunStarted started, Map<String, Payload> state) {
		return new Origin(started, new RunContinued(generation() + 1, state, started.at()),
				deadlineSet(dueAt(), started.at()), this.trace);
	}

	/**
	 * How many journals the run had before.
	 */
	public int generation() {
		return (this.continued != null) ? this.continued.generation() : 0;
	}

	/**
	 * Where something of the run is, among all its journals.
	 */
	public String place(Position position) {
		return position.inGeneration(generation());
	}

	/**
	 * When the run is to have ended; null if it may take any time.
	 */
	public @Nullable Instant dueAt() {
		return (this.deadline != null) ? this.deadline.dueAt() : null;
	}

	/**
	 * The entries, in their order.
	 */
	public List<JournalEntry> entries() {
		List<JournalEntry> entries = new ArrayList<>(4);
		entries.add(this.started);
		if (this.continued != null) {
			entries.add(this.continued);
		}
		if (this.deadline != null) {
			entries.add(this.deadline);
		}
		if (this.trace != null) {
			entries.add(this.trace);
		}
		return entries;
	}

}
