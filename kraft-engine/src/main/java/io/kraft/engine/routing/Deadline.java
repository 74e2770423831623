package io.kraft.engine.routing;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * When a caller gives up, as this node measures it: processes send each other how much
 * time remains, since their clocks differ.
 *
 * @param at by the monotonic clock
 * @param nanoTime the monotonic clock of this node, in nanoseconds
 */
public record Deadline(long at, LongSupplier nanoTime) {

	/** Of a caller that waits as long as it takes. */
	public static final Deadline NEVER = new Deadline(Long.MAX_VALUE, () -> 0);

	/**
	 * After the remaining time.
	 * @param remaining when the request arrived here; at most some 100 years
	 */
	public static Deadline in(Duration remaining, LongSupplier nanoTime) {
		return new Deadline(nanoTime.getAsLong() + remaining.toNanos(), nanoTime);
	}

	/**
	 * Whether no time remains.
	 */
	public boolean isOver() {
		return this.at - this.nanoTime.getAsLong() <= 0;
	}

	/**
	 * The remaining time, for another process; zero if none remains.
	 */
	public Duration remaining() {
		return Duration.ofNanos(Math.max(0, this.at - this.nanoTime.getAsLong()));
	}

}
