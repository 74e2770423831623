package io.kraft.engine.lifecycle;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import io.kraft.engine.partition.Commit;
import io.kraft.engine.store.RunRow;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * Runs that are to wait for their turn, on their way to the disk as pending: delayed
 * ones, items that wait for their next attempt, paused ones. Many that are due at the
 * same time share the committer's batches. Thread-safe.
 * <p>
 * Crash before a run's commit: its timer is still there, and is due at the next start.
 * After it: it is found among the pending ones.
 */
final class DueRuns {

	private static final int MANY = 1024;

	private final Consumer<RunRow> pending;

	private final ReentrantLock lock = new ReentrantLock();

	private final List<RunRow> inFlight = new ArrayList<>();

	private volatile @Nullable Commit last;

	/**
	 * None as yet.
	 * @param pending is called with each run when it is durable that it waits for its
	 * turn
	 */
	DueRuns(Consumer<RunRow> pending) {
		this.pending = pending;
	}

	/**
	 * A run is on its way.
	 * @param row that the commit writes
	 */
	void add(RunRow row, Commit commit) {
		this.lock.lock();
		try {
			this.last = commit;
			this.inFlight.add(row);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * A run is durable already, and is to wait for its turn again.
	 */
	void requeue(RunRow row) {
		this.pending.accept(row);
	}

	/**
	 * Whether any are on their way. Does not block.
	 */
	boolean areInFlight() {
		return this.last != null;
	}

	/**
	 * Whether so many are on their way that they are to be waited for.
	 */
	boolean areMany() {
		this.lock.lock();
		try {
			return this.inFlight.size() >= MANY;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Waits until they are durable, for the last of them: commits become so in their
	 * order.
	 * @throws KraftException if they never will be
	 */
	void awaitDurable() {
		this.lock.lock();
		try {
			Commit commit = this.last;
			if (commit != null) {
				commit.await();
				this.last = null;
				this.inFlight.forEach(this.pending);
				this.inFlight.clear();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

}
