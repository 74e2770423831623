package io.kraft.engine.operation;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

import io.kraft.engine.timer.Scheduler;
import io.kraft.engine.timer.Scheduler.Scheduled;

/**
 * Interrupts the thread of an attempt when its time is over. The interrupt is sent only
 * while the attempt runs, and is taken back when it came at the last moment.
 */
final class AttemptTimer {

	private final Thread thread = Thread.currentThread();

	private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);

	private final Scheduled scheduled;

	/**
	 * Begins the time of an attempt that the calling thread makes.
	 */
	AttemptTimer(Scheduler scheduler, Instant end) {
		this.scheduled = scheduler.schedule(end, this::expire);
	}

	private void expire() {
		if (this.state.compareAndSet(State.RUNNING, State.INTERRUPTING)) {
			this.thread.interrupt();
			this.state.set(State.EXPIRED);
		}
	}

	/**
	 * Ends the attempt.
	 * @return whether its time was over before
	 */
	boolean finish() {
		if (this.state.compareAndSet(State.RUNNING, State.FINISHED)) {
			this.scheduled.cancel();
			return false;
		}
		while (this.state.get() == State.INTERRUPTING) {
			Thread.onSpinWait();
		}
		Thread.interrupted();
		return true;
	}

	private enum State {

		RUNNING, INTERRUPTING, EXPIRED, FINISHED

	}

}
