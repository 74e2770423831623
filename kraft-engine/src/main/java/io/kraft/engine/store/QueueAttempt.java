package io.kraft.engine.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * An attempt at an item of a queue with a rate limit, kept for as long as it counts.
 *
 * @param queue its name
 * @param at when it began, in whole milliseconds
 * @param run number of the item
 */
public record QueueAttempt(String queue, Instant at, long run) {

	public QueueAttempt {
		at = at.truncatedTo(ChronoUnit.MILLIS);
	}

}
