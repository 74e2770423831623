package io.kraft.engine.execution.run;

import java.util.concurrent.locks.AbstractQueuedSynchronizer;

/**
 * What an operation of a run waits for in memory: a latch that is opened once. The wait
 * is not interruptible; whoever unwinds the run opens it too.
 */
final class Wake {

	private final Latch latch = new Latch();

	void signal() {
		this.latch.releaseShared(1);
	}

	boolean isSignalled() {
		return this.latch.isOpen();
	}

	void await() {
		this.latch.acquireShared(1);
	}

	private static final class Latch extends AbstractQueuedSynchronizer {

		private static final long serialVersionUID = 1L;

		boolean isOpen() {
			return getState() == 1;
		}

		@Override
		protected int tryAcquireShared(int ignored) {
			return isOpen() ? 1 : -1;
		}

		@Override
		protected boolean tryReleaseShared(int ignored) {
			setState(1);
			return true;
		}

	}

}
