package io.kraft.engine.timer;

import java.time.Instant;

/**
 * Calls tasks when their time has come: the extension point through which time enters the
 * engine. Thread-safe.
 */
public interface Scheduler extends AutoCloseable {

	/**
	 * Calls the task once, not before the clock shows the given instant. Due times are
	 * wall-clock instants: a clock that jumps forwards is noticed within a second, one
	 * that jumps back only delays.
	 * @param task short, does not block, throws nothing
	 */
	Scheduled schedule(Instant dueAt, Runnable task);

	/**
	 * As {@link #schedule}, for an upkeep task, which has no waiters and which does the
	 * same if it comes later: a clock that a test moves from one due time to the next
	 * need not stop for it.
	 */
	default Scheduled scheduleUpkeep(Instant dueAt, Runnable task) {
		return schedule(dueAt, task);
	}

	/**
	 * Ends it; tasks that are not due are dropped.
	 */
	@Override
	void close();

	/**
	 * A task that waits for its time.
	 */
	@FunctionalInterface
	interface Scheduled {

		/**
		 * Drops the task, if it has not been called; has no effect afterwards.
		 */
		void cancel();

	}

}
