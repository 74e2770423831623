package io.kraft.engine.testing;

import java.util.concurrent.atomic.AtomicInteger;

import io.kraft.engine.supervision.WorkInFlight;

/**
 * Counts the pieces of work in hand. Thread-safe.
 */
public final class CountedWork implements WorkInFlight {

	private final AtomicInteger pieces = new AtomicInteger();

	@Override
	public void begin() {
		this.pieces.incrementAndGet();
	}

	/**
	 * Fails if more ends than has begun.
	 */
	@Override
	public void end() {
		if (this.pieces.decrementAndGet() < 0) {
			throw new AssertionError("a piece of work ended that had not begun");
		}
	}

	/**
	 * How many pieces have begun and are not over.
	 */
	public int inHand() {
		return this.pieces.get();
	}

}
