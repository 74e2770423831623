package io.kraft.engine.execution.run;

import java.util.Collection;
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
		ReentrantLock lock = this.stripes[stripe(run)];
		lock.lock();
		try {
			return action.get();
		}
		finally {
			lock.unlock();
		}
	}

	/**
	 * As {@link #whileLocked(long, Supplier)} for several runs at once: in a fixed order,
	 * so that nobody waits for one who waits for him.
	 */
	public <T> T whileLocked(Collection<Long> runs, Supplier<T> action) {
		int[] stripes = runs.stream().mapToInt(RunLocks::stripe).distinct().sorted().toArray();
		int locked = 0;
		try {
			for (; locked < stripes.length; locked++) {
				this.stripes[stripes[locked]].lock();
			}
			return action.get();
		}
		finally {
			while (locked > 0) {
				this.stripes[stripes[--locked]].unlock();
			}
		}
	}

	private static int stripe(long run) {
		return (int) (run & (STRIPES - 1));
	}

}
