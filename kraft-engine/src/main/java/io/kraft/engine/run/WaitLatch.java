package io.kraft.engine.run;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.AbstractQueuedSynchronizer;

import io.kraft.engine.supervision.WorkInFlight;
import org.jspecify.annotations.Nullable;

/**
 * What an operation of a run waits for in memory: a latch that is opened once. The wait
 * is not interruptible; unwinding the run opens it too.
 */
final class WaitLatch {

	private final Latch latch = new Latch();

	/** The work of the waiting thread, or the signal; null before either. */
	private final AtomicReference<@Nullable Object> state = new AtomicReference<>();

	void signal() {
		if (this.state.getAndSet(Signal.GIVEN) instanceof WorkInFlight work) {
			work.begin();
		}
		this.latch.releaseShared(1);
	}

	boolean isSignalled() {
		return this.state.get() instanceof Signal;
	}

	/**
	 * Waits. Meanwhile what the calling thread does is not in flight; it is again when
	 * {@link #signal} returns.
	 */
	void await(WorkInFlight work) {
		if (this.state.compareAndSet(null, work)) {
			work.end();
			this.latch.acquireShared(1);
		}
	}

	private enum Signal {

		GIVEN

	}

	private static final class Latch extends AbstractQueuedSynchronizer {

		private static final long serialVersionUID = 1L;

		@Override
		protected int tryAcquireShared(int ignored) {
			return (getState() == 1) ? 1 : -1;
		}

		@Override
		protected boolean tryReleaseShared(int ignored) {
			setState(1);
			return true;
		}

	}

}
