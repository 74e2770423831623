package io.kraft.engine.supervision;

import java.util.concurrent.Executor;

/**
 * Is notified of every piece of work that the engine has in flight: a thread of it that
 * executes, a commit on its way to the disk, a task that waits for one of its threads. By
 * default there is no listener. Thread-safe.
 * <p>
 * Code that hands work over reports so before its own ends. So the number of pieces is
 * zero only when the engine is quiescent: then nothing moves it but the clock, a call
 * from outside, or the end of something that a listener itself does not count. A run that
 * waits for a time or for a message is no work, be it in memory or not; a body that
 * blocks is.
 */
public interface WorkInFlight {

	/** No listener. */
	WorkInFlight UNCOUNTED = new WorkInFlight() {

		@Override
		public void begin() {
		}

		@Override
		public void end() {
		}

	};

	/**
	 * A piece of work begins. Must not block.
	 */
	void begin();

	/**
	 * A piece of work ends. Must not block.
	 */
	void end();

	/**
	 * Whether each commit is to be written by itself, where otherwise those that wait
	 * share a write: slower, and the same whenever it happens.
	 */
	default boolean wantsCommitsApart() {
		return false;
	}

	/**
	 * A task that is in flight from now on, until it has been called.
	 */
	default Runnable counted(Runnable task) {
		begin();
		return () -> {
			try {
				task.run();
			}
			finally {
				end();
			}
		};
	}

	/**
	 * An executor whose tasks are in flight from when they are given to it. What it
	 * refuses is not.
	 */
	default Executor counting(Executor executor) {
		return (task) -> {
			boolean taken = false;
			Runnable counted = counted(task);
			try {
				executor.execute(counted);
				taken = true;
			}
			finally {
				if (!taken) {
					end();
				}
			}
		};
	}

}
