package io.kraft.engine.store.rocksdb;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets a native object be closed only when it is not in use, because a use after that
 * would end the process. Thread-safe; a use costs two atomic additions.
 */
final class UseCount {

	private static final int CLOSED = Integer.MIN_VALUE;

	// The uses that are under way, and the highest bit when closed.
	private final AtomicInteger uses = new AtomicInteger();

	private final CountDownLatch unused = new CountDownLatch(1);

	/**
	 * Begins a use.
	 * @return false if it is closed: then it must not be used, nor the use be ended
	 */
	boolean begin() {
		if (this.uses.incrementAndGet() > 0) {
			return true;
		}
		end();
		return false;
	}

	/**
	 * Ends a use, on any thread.
	 */
	void end() {
		if (this.uses.decrementAndGet() == CLOSED) {
			this.unused.countDown();
		}
	}

	/**
	 * Refuses further uses, and waits until none is under way.
	 * @return false if it was closed before
	 */
	boolean close() {
		int before = this.uses.getAndUpdate((uses) -> uses | CLOSED);
		if (before < 0) {
			return false;
		}
		if (before > 0) {
			awaitUnused();
		}
		return true;
	}

	private void awaitUnused() {
		boolean interrupted = false;
		while (true) {
			try {
				this.unused.await();
				break;
			}
			catch (InterruptedException ex) {
				interrupted = true;
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

}
