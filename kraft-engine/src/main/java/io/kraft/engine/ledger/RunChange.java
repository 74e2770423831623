package io.kraft.engine.ledger;

import java.util.ArrayList;
import java.util.List;

import io.kraft.engine.journal.JournalCodec;
import io.kraft.engine.journal.JournalEntry;
import io.kraft.engine.state.Transition;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.RunRow;
import org.jspecify.annotations.Nullable;

/**
 * What a decision makes of one run, to be committed as one. Not thread-safe; used once.
 */
public final class RunChange {

	private final Transition transition;

	private final @Nullable RunRow after;

	private final List<byte[]> entries = new ArrayList<>(1);

	private final List<Change> changes = new ArrayList<>(4);

	private RunChange(Transition transition, @Nullable RunRow after) {
		this.transition = transition;
		this.after = after;
	}

	/**
	 * A change of the run's row.
	 * @param after made from the row that the decision saw
	 */
	public static RunChange to(Transition transition, RunRow after) {
		return new RunChange(transition, after);
	}

	/**
	 * The removal of an ended run.
	 */
	public static RunChange removal() {
		return new RunChange(Transition.REMOVE, null);
	}

	/**
	 * Appends an entry to the run's journal.
	 */
	public RunChange entry(JournalEntry entry) {
		this.entries.add(JournalCodec.encode(entry));
		return this;
	}

	/**
	 * Adds changes that belong to it: timers, messages, other runs.
	 */
	public RunChange with(List<? extends Change> changes) {
		this.changes.addAll(changes);
		return this;
	}

	/** Of the run's journal. */
	boolean needsLength() {
		return !this.entries.isEmpty() || this.after == null;
	}

	Transition transition() {
		return this.transition;
	}

	@Nullable RunRow after() {
		return this.after;
	}

	List<byte[]> entries() {
		return this.entries;
	}

	List<Change> changes() {
		return this.changes;
	}

}
