package io.kraft.engine.journal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

import io.kraft.engine.journal.JournalEntry.DeadlineSet;
import io.kraft.engine.journal.JournalEntry.RunContinued;
import io.kraft.engine.journal.JournalEntry.RunStarted;
import org.jspecify.annotations.Nullable;

/**
 * What a journal begins with, before the operations of its run. Immutable.
 *
 * @param started with which arguments
 * @param continued what was kept from the journal before; null if this is the run's first
 * @param deadline when the run is to have ended; null if it may take any time
 */
public record Origin(RunStarted started, @Nullable RunContinued continued, @Nullable DeadlineSet deadline) {

	/**
	 * The origin of a run's first journal.
	 * @param deadline null if it may take any time
	 */
	public static Origin of(RunStarted started, @Nullable Instant deadline) {
		return new Origin(started, null, deadlineSet(deadline, started.at()));
	}

	/**
	 * Reads the first entries of a journal.
	 * @param entry by its sequence; answers null if there is none
	 * @throws UnreadableEntryException if the first one is no start
	 */
	public static Origin read(String id, IntFunction<@Nullable JournalEntry> entry) {
		if (!(entry.apply(0) instanceof RunStarted started)) {
			throw corrupt(id);
		}
		RunContinued continued = (entry.apply(1) instanceof RunContinued kept) ? kept : null;
		DeadlineSet deadline = (entry.apply((continued != null) ? 2 : 1) instanceof DeadlineSet set) ? set : null;
		return new Origin(started, continued, deadline);
	}

	static UnreadableEntryException corrupt(String id) {
		return UnreadableEntryException.corrupt("the journal of workflow '" + id + "' does not begin with its start");
	}

	private static @Nullable DeadlineSet deadlineSet(@Nullable Instant dueAt, Instant at) {
		return (dueAt != null) ? new DeadlineSet(dueAt, at) : null;
	}

	/**
	 * The same with what was kept from a journal before.
	 */
	public Origin withContinued(@Nullable RunContinued continued) {
		return new Origin(this.started, continued, this.deadline);
	}

	/**
	 * The origin of the journal that takes the place of this one's; the deadline stays.
	 * @param state that is kept
	 */
	public Origin next(RunStarted started, Map<String, Payload> state) {
		return new Origin(started, new RunContinued(generation() + 1, state, started.at()),
				deadlineSet(dueAt(), started.at()));
	}

	/**
	 * How many journals the run had before.
	 */
	public int generation() {
		return (this.continued != null) ? this.continued.generation() : 0;
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
		List<JournalEntry> entries = new ArrayList<>(3);
		entries.add(this.started);
		if (this.continued != null) {
			entries.add(this.continued);
		}
		if (this.deadline != null) {
			entries.add(this.deadline);
		}
		return entries;
	}

}
