package io.kraft.engine.simulation;

import java.util.concurrent.atomic.AtomicLong;

import io.kraft.engine.supervision.WorkInFlight;

/**
 * Counts what one life of the engine has in flight. Each commit is written by itself, so
 * that a kill can come between any two.
 */
class CountedWork implements WorkInFlight {

	private final AtomicLong count = new AtomicLong();

	private final AtomicLong moves = new AtomicLong();

	@Override
	public void begin() {
		this.count.incrementAndGet();
		this.moves.incrementAndGet();
	}

	@Override
	public void end() {
		this.count.decrementAndGet();
		this.moves.incrementAndGet();
	}

	@Override
	public boolean wantsCommitsApart() {
		return true;
	}

	boolean isNone() {
		return this.count.get() == 0;
	}

	/** Rises whenever anything begins or ends. */
	long moves() {
		return this.moves.get();
	}

	@Override
	public String toString() {
		return this.count.get() + " in flight";
	}

}
