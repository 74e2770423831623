package io.kraft.engine.execution.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What is to be undone if the run fails: the sum of what its branches have asked for,
 * made now or recorded. Thread-safe.
 */
public final class UndoStack {

	private final List<Undo> stack = new ArrayList<>();

	private boolean closed;

	/**
	 * Adds something.
	 * @param sequence of the journal entry from which on it is to be undone: branches
	 * replay in any order, and the journal tells which was first
	 */
	public synchronized void push(int sequence, Action action) {
		if (!this.closed) {
			this.stack.add(new Undo(sequence, action));
		}
	}

	/**
	 * What is to be undone, the last first; nothing is added from here on.
	 */
	public synchronized List<Action> takeAll() {
		this.closed = true;
		return this.stack.stream()
			.sorted(Comparator.comparingInt(Undo::sequence).reversed())
			.map(Undo::action)
			.toList();
	}

	private record Undo(int sequence, Action action) {
	}

	/**
	 * Undoes something.
	 */
	@FunctionalInterface
	public interface Action {

		/**
		 * Undoes it as operations of a branch.
		 * @throws Throwable if it failed for good
		 */
		void undo(Branch branch) throws Throwable;

	}

}
