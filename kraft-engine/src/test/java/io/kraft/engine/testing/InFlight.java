package io.kraft.engine.testing;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import io.kraft.engine.supervision.WorkInFlight;

/**
 * What an engine has in flight, and a wait until it is quiescent. A body that blocks on
 * purpose reports {@link #end()} before it does, and whoever lets it continue reports
 * {@link #begin()} for it.
 */
public final class InFlight implements WorkInFlight {

	private static final long LOOK_NANOS = 50_000;

	/** So many looks in a row must see the same: a thread may be between two pieces. */
	private static final int LOOKS = 4;

	private final AtomicLong count = new AtomicLong();

	private final AtomicLong reports = new AtomicLong();

	@Override
	public void begin() {
		this.reports.incrementAndGet();
		this.count.incrementAndGet();
	}

	@Override
	public void end() {
		this.reports.incrementAndGet();
		this.count.decrementAndGet();
	}

	/**
	 * How often a piece of work has begun or ended: does not change while the engine is
	 * blocked or idle.
	 */
	public long reports() {
		return this.reports.get();
	}

	/**
	 * Whether nothing is in flight at this moment.
	 */
	public boolean isQuiescent() {
		return this.count.get() == 0;
	}

	/**
	 * Waits until nothing is in flight.
	 * @param patience how long nothing may begin or end before this gives up
	 * @return false if something is in flight, and does not continue or never stops
	 */
	public boolean awaitQuiescence(Duration patience) {
		long deadline = System.nanoTime() + 5 * patience.toNanos();
		long seen = this.reports.get();
		while (!awaitStable(() -> this.count.get() == 0, LOOKS, patience)) {
			long reports = this.reports.get();
			if (reports == seen || System.nanoTime() > deadline) {
				return false;
			}
			seen = reports;
		}
		return true;
	}

	/**
	 * Waits until something holds, and nothing is begun or ended any more for some looks:
	 * whoever is in flight is blocked, as far as can be seen.
	 * @return false if the time was over first
	 */
	public boolean awaitStable(BooleanSupplier condition, int looks, Duration timeout) {
		long deadline = System.nanoTime() + timeout.toNanos();
		long seen = -1;
		int same = 0;
		while (System.nanoTime() < deadline) {
			long reports = this.reports.get();
			same = (condition.getAsBoolean() && reports == seen) ? same + 1 : 0;
			if (same >= looks) {
				return true;
			}
			seen = reports;
			LockSupport.parkNanos(LOOK_NANOS);
		}
		return false;
	}

}
