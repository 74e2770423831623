package io.kraft.test.time;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

import io.kraft.engine.work.WorkInHand;

/**
 * Knows when nothing happens any more. Thread-safe.
 * <p>
 * The engine counts what it has in hand, for each of its lives anew: a body that a crash
 * has left behind, and that ignores its interrupt, disturbs the next life no more. Added
 * to that are restarts under way; taken off are bodies that hang on purpose, until they
 * are interrupted. Whoever waits is woken by the last piece of work that ends: nothing
 * here looks again and again.
 */
public final class Stillness {

	private final Set<Thread> hanging = new HashSet<>();

	private Life present = new Life();

	private int restarts;

	/**
	 * A new life of the engine begins.
	 */
	public synchronized WorkInHand nextLife() {
		this.present = new Life();
		return this.present;
	}

	/**
	 * Nothing is still until {@link #restartEnded()}.
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
	 * Waits until nothing is in hand.
	 * @param limit of real time
	 * @return whether it came to that
	 */
	public synchronized boolean await(Duration limit) throws InterruptedException {
		long end = System.nanoTime() + limit.toNanos();
		long left = limit.toMillis();
		while (!isStill() && left > 0) {
			wait(left);
			left = (end - System.nanoTime()) / 1_000_000;
		}
		return isStill();
	}

	private boolean isStill() {
		long hang = this.hanging.stream().filter((thread) -> !thread.isInterrupted()).count();
		return this.restarts == 0 && this.present.inHand <= hang;
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
			// Not before: the interrupt is what tells that it hangs no more.
			this.hanging.remove(thread);
		}
		throw new InterruptedException("the step was to hang, and was interrupted");
	}

	/**
	 * A life of the engine, from a start to a stop.
	 */
	private final class Life implements WorkInHand {

		private long inHand;

		@Override
		public void begin() {
			synchronized (Stillness.this) {
				this.inHand++;
			}
		}

		/** So that a crash at a commit is the same one in each life. */
		@Override
		public boolean wantsCommitsApart() {
			return true;
		}

		@Override
		public void end() {
			synchronized (Stillness.this) {
				this.inHand--;
				Stillness.this.notifyAll();
			}
		}

	}

}
