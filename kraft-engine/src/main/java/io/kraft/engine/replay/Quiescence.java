package io.kraft.engine.replay;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import io.kraft.engine.supervision.WorkInFlight;

/**
 * Knows when an engine has nothing in flight. Thread-safe.
 */
final class Quiescence implements WorkInFlight {

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition came = this.lock.newCondition();

	private long inHand;

	@Override
	public void begin() {
		this.lock.lock();
		try {
			this.inHand++;
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void end() {
		this.lock.lock();
		try {
			this.inHand--;
			if (this.inHand == 0) {
				this.came.signalAll();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Waits until nothing is in flight.
	 * @param limit of real time
	 * @return whether it came to that; false too if the caller is interrupted
	 */
	boolean await(Duration limit) {
		this.lock.lock();
		try {
			long left = limit.toNanos();
			while (this.inHand > 0 && left > 0) {
				left = this.came.awaitNanos(left);
			}
			return this.inHand == 0;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
		finally {
			this.lock.unlock();
		}
	}

}
