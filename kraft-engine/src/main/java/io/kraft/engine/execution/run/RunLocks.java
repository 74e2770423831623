package io.kraft.engine.execution.run;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Orders what comes to a run against the run's own end: whoever holds a run's lock
 * decides and hands over to the committer, and what is handed over first is durable
 * first. Shared by several runs; never held while the disk is waited for. Thread-safe.
 */
public final class RunLocks {

	private static final int STRIPES = 256;

	private final ReentrantLock[] stripes = new ReentrantLock[STRIPES];

	/**
	 * Locks that nobody holds.
	 */
	public RunLocks() {
		for (int i = 0; i < STRIPES; i++) {
			this.stripes[i] = new ReentrantLock();
		}
	}

	/**
	 * Does the action as the holder of a run's lock.
	 * @param run its number
	 */
	public <T> T whileLocked(long run, Supplier<T> action) {
		ReentrantLock lock = this.stripes[(int) (run & (STRIPES - 1))];
		lock.lock();
		try {
			return action.get();
		}
		finally {
			lock.unlock();
		}
	}

}
