package io.kraft.test.time;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

import io.kraft.engine.supervision.WorkInFlight;

/**
 * Determines when the engine is quiescent. Thread-safe.
 * <p>
 * The engine counts its work in flight, anew for each of its incarnations: a body that a
 * crash has left behind, and that ignores its interrupt, does not disturb the next
 * incarnation. Added to that are restarts under way; taken off are bodies that hang on
 * purpose, until they are interrupted. A waiter is woken by the last piece of work that
 * ends: nothing here polls.
 */
public final class Quiescence {

	private final Set<Thread> hanging = new HashSet<>();

	private Incarnation present = new Incarnation();

	private int restarts;

	/**
	 * A new incarnation of the engine begins.
	 */
	public synchronized WorkInFlight nextIncarnation() {
		this.present = new Incarnation();
		return this.present;
	}

	/**
	 * Nothing is quiescent until {@link #restartEnded()}.
	 */
	public synchronized void restartBegun() {
		this.restarts++;
	}

	/**
	 * A restart is over.
	 */
	public synchronized void restartEnded() {
		this.restarts--;
		notifyAll();
	}

	/**
	 * Waits until no restart is under way.
	 */
	public synchronized void awaitRestarts() throws InterruptedException {
		while (this.restarts > 0) {
			wait();
		}
	}

	/**
	 * Waits until nothing is in flight.
	 * @param limit of real time
	 * @return whether that was so within the limit
	 */
	public synchronized boolean await(Duration limit) throws InterruptedException {
		long end = System.nanoTime() + limit.toNanos();
		long left = limit.toMillis();
		while (!isQuiescent() && left > 0) {
			wait(left);
			left = (end - System.nanoTime()) / 1_000_000;
		}
		return isQuiescent();
	}

	private boolean isQuiescent() {
		long hang = this.hanging.stream().filter((thread) -> !thread.isInterrupted()).count();
		return this.restarts == 0 && this.present.inFlight <= hang;
	}

	/**
	 * Hangs until the calling thread is interrupted: by a time-out, a crash, the end of
	 * the test.
	 */
	public void hang() throws InterruptedException {
		Thread thread = Thread.currentThread();
		synchronized (this) {
			this.hanging.add(thread);
			notifyAll();
		}
		while (!thread.isInterrupted()) {
			LockSupport.park(this);
		}
		synchronized (this) {
			// Not before: the interrupt shows that it no longer hangs.
			this.hanging.remove(thread);
		}
		throw new InterruptedException("the step was to hang, and was interrupted");
	}

	/**
	 * An incarnation of the engine, from a start to a stop.
	 */
	private final class Incarnation implements WorkInFlight {

		private long inFlight;

		@Override
		public void begin() {
			synchronized (Quiescence.this) {
				this.inFlight++;
			}
		}

		/** So that a crash at a commit is the same one in each iteration. */
		@Override
		public boolean wantsCommitsApart() {
			return true;
		}

		@Override
		public void end() {
			synchronized (Quiescence.this) {
				this.inFlight--;
				Quiescence.this.notifyAll();
			}
		}

	}

}
