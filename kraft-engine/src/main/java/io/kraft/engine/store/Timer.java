package io.kraft.engine.store;

import java.time.Instant;
import java.util.Comparator;

import io.kraft.engine.journal.Position;

/**
 * A wake-up that a run waits for. Ordered by due time.
 *
 * @param dueAt in whole milliseconds
 * @param run number of the run
 * @param position of the operation that waits
 */
public record Timer(Instant dueAt, long run, Position position) implements Comparable<Timer> {

	private static final Comparator<Timer> ORDER = Comparator.comparing(Timer::dueAt)
		.thenComparingLong(Timer::run)
		.thenComparing(Timer::position);

	@Override
	public int compareTo(Timer other) {
		return ORDER.compare(this, other);
	}

}
