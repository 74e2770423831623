package io.kraft.engine.admission;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

import io.kraft.engine.store.Change;
import io.kraft.engine.store.QueueAttempt;
import io.kraft.workflow.WorkQueue.Rate;
import org.jspecify.annotations.Nullable;

/**
 * The last attempts of a queue, as many as its limit: the next one may begin a period
 * after the oldest of them, so that no period, wherever it begins, has more than the
 * limit. Not thread-safe.
 * <p>
 * An attempt is written down in a commit that its body waits for. Crash before that: it
 * was not made. After it: it counts, made or not.
 */
final class RateLimit {

	private final Rate rate;

	/** As many as the limit at most: an older one is irrelevant. */
	private final Deque<Kept> kept = new ArrayDeque<>();

	/** From before a lower limit. */
	private final List<QueueAttempt> surplus = new ArrayList<>();

	/**
	 * A limit that continues.
	 * @param kept from before, the oldest first
	 */
	RateLimit(Rate rate, List<QueueAttempt> kept) {
		this.rate = rate;
		int surplus = Math.max(0, kept.size() - rate.max());
		this.surplus.addAll(kept.subList(0, surplus));
		kept.subList(surplus, kept.size()).forEach((attempt) -> this.kept.add(new Kept(attempt, attempt.at())));
	}

	/**
	 * When the next attempt may begin, which may have been before; null if at any time.
	 */
	@Nullable Instant opensAt(Instant now) {
		if (this.kept.size() < this.rate.max()) {
			return null;
		}
		moveBackIfClockWas(now);
		return this.kept.getFirst().at().plus(this.rate.period());
	}

	/**
	 * Counts an attempt.
	 * @return to be made durable before it is made
	 */
	List<Change> count(QueueAttempt attempt) {
		List<Change> changes = new ArrayList<>(2);
		this.surplus.forEach((old) -> changes.add(new Change.AttemptForgotten(old)));
		this.surplus.clear();
		if (this.kept.size() == this.rate.max()) {
			changes.add(new Change.AttemptForgotten(this.kept.removeFirst().attempt()));
		}
		QueueAttempt written = distinct(attempt);
		this.kept.add(new Kept(written, attempt.at()));
		changes.add(new Change.AttemptCounted(written));
		return changes;
	}

	/** In the store, two of one run in the same millisecond would be one. */
	private QueueAttempt distinct(QueueAttempt attempt) {
		Iterator<Kept> latest = this.kept.descendingIterator();
		while (latest.hasNext()) {
			QueueAttempt other = latest.next().attempt();
			if (other.at().isBefore(attempt.at())) {
				return attempt;
			}
			if (other.run() == attempt.run()) {
				return new QueueAttempt(attempt.queue(), other.at().plusMillis(1), attempt.run());
			}
		}
		return attempt;
	}

	/** A clock that was far ahead would close the queue until that time has come. */
	private void moveBackIfClockWas(Instant now) {
		if (this.kept.getLast().at().isAfter(now)) {
			List<Kept> all = List.copyOf(this.kept);
			this.kept.clear();
			all.forEach((one) -> this.kept.add(one.at().isAfter(now) ? new Kept(one.attempt(), now) : one));
		}
	}

	/**
	 * An attempt that is kept.
	 *
	 * @param attempt as the store has it
	 * @param at from when it counts
	 */
	private record Kept(QueueAttempt attempt, Instant at) {
	}

}
