package io.kraft.engine.run;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Arithmetic that cannot overflow: what is too far away is at the end of the year 9999.
 */
public final class Instants {

	private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

	private static final Duration LONGEST = Duration.ofDays(365L * 10_000);

	private Instants() {
	}

	/**
	 * The instant after a time; a negative one counts as none.
	 */
	public static Instant plus(Instant instant, Duration duration) {
		return bounded(instant
			.plus((duration.compareTo(LONGEST) > 0) ? LONGEST : duration.isNegative() ? Duration.ZERO : duration));
	}

	/**
	 * The instant, or the end of the range beyond which it lies.
	 */
	public static Instant bounded(Instant instant) {
		return instant.isAfter(LAST) ? LAST : instant.isBefore(Instant.EPOCH) ? Instant.EPOCH : instant;
	}

	/**
	 * In whole milliseconds, as the journal keeps it, and never before the instant.
	 */
	public static Instant ceiling(Instant instant) {
		Instant floor = instant.truncatedTo(ChronoUnit.MILLIS);
		return floor.equals(instant) ? floor : floor.plusMillis(1);
	}

}
