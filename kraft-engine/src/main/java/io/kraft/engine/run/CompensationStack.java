package io.kraft.engine.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The compensations that run if the run fails: those that its branches have registered,
 * now or according to the journal. Thread-safe.
 */
public final class CompensationStack {

	private final List<Entry> stack = new ArrayList<>();

	private boolean closed;

	/**
	 * Adds something.
	 * @param sequence of the journal entry from which on it applies: branches replay in
	 * any order, and the journal determines which was first
	 */
	public synchronized void push(int sequence, Action action) {
		if (!this.closed) {
			this.stack.add(new Entry(sequence, action));
		}
	}

	/**
	 * The compensations, the last first; nothing is added from here on.
	 */
	public synchronized List<Action> takeAll() {
		this.closed = true;
		return this.stack.stream()
			.sorted(Comparator.comparingInt(Entry::sequence).reversed())
			.map(Entry::action)
			.toList();
	}

	private record Entry(int sequence, Action action) {
	}

	/**
	 * A compensation.
	 */
	@FunctionalInterface
	public interface Action {

		/**
		 * Runs it as operations of a branch.
		 * @throws Throwable if it failed for good
		 */
		void compensate(Branch branch) throws Throwable;

	}

}
