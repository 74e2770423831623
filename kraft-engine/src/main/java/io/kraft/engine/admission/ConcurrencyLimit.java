package io.kraft.engine.admission;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.kraft.engine.store.Change;
import io.kraft.engine.store.QueueAttempt;
import io.kraft.engine.store.RunRow;
import org.jspecify.annotations.Nullable;

/**
 * Lets the runs of one workflow begin as its limits say. Thread-safe.
 */
final class ConcurrencyLimit {

	private final int max;

	private final Places places;

	private final @Nullable RateLimit rate;

	private boolean paused;

	private int reserved;

	/**
	 * A limit that is not paused.
	 * @param max places
	 * @param begun the runs that have one, and whether they are suspended
	 * @param rate null means any
	 */
	ConcurrencyLimit(int max, Map<Long, Boolean> begun, @Nullable RateLimit rate) {
		this.max = max;
		this.places = new Places(begun);
		this.rate = rate;
	}

	/**
	 * Whether one more may begin.
	 * @param clock is read under the monitor: a time from before another attempt was
	 * counted would look as if the clock had been set back
	 */
	synchronized boolean admits(InstantSource clock) {
		Instant now = clock.instant();
		Instant opensAt = (this.rate != null) ? this.rate.opensAt(now) : null;
		return hasPlace() && (opensAt == null || !opensAt.isAfter(now));
	}

	/**
	 * When it opens by itself; null if that depends on something else.
	 */
	synchronized @Nullable Instant opensAt(InstantSource clock) {
		return (hasPlace() && this.rate != null) ? this.rate.opensAt(clock.instant()) : null;
	}

	private boolean hasPlace() {
		return !this.paused && this.places.taken() + this.reserved < this.max;
	}

	/**
	 * Reserves a place for a run that is about to be created. One that is to be counted
	 * waits for its turn in any case.
	 */
	synchronized boolean tryReserve() {
		boolean admitted = this.rate == null && hasPlace();
		this.reserved += admitted ? 1 : 0;
		return admitted;
	}

	/**
	 * Lets a run begin that waited for its turn, or has begun without it.
	 */
	synchronized boolean tryBegin(long run, InstantSource clock) {
		boolean mayBegin = this.places.has(run) || admits(clock);
		if (mayBegin) {
			this.places.begin(run);
		}
		return mayBegin;
	}

	/**
	 * A run takes the place that was reserved for it.
	 */
	synchronized void take(long run) {
		this.reserved--;
		this.places.begin(run);
	}

	synchronized void giveBack() {
		this.reserved--;
	}

	synchronized void begin(long run) {
		this.places.begin(run);
	}

	synchronized void end(long run) {
		this.places.end(run);
	}

	synchronized boolean has(long run) {
		return this.places.has(run);
	}

	/**
	 * See {@link Places#continues}.
	 */
	synchronized void continues(long run) {
		this.places.continues(run);
	}

	/**
	 * See {@link Places#waits}.
	 */
	synchronized boolean waits(long run, Set<String> children) {
		return this.places.waits(run, children);
	}

	/**
	 * See {@link Places#request}.
	 */
	synchronized boolean request(long lender, RunRow child, String link) {
		return this.places.request(lender, child, link, this.max);
	}

	/**
	 * See {@link Places#lend}.
	 */
	synchronized @Nullable RunRow lend() {
		return this.places.lend();
	}

	synchronized boolean mayLend() {
		return this.places.mayLend();
	}

	/**
	 * See {@link Places#takeUnreported}.
	 */
	synchronized Collection<Long> takeUnreported() {
		return this.places.takeUnreported();
	}

	/**
	 * Counts an attempt.
	 * @return to be made durable before it is made
	 */
	synchronized List<Change> count(QueueAttempt attempt) {
		return (this.rate != null) ? this.rate.count(attempt) : List.of();
	}

	synchronized void pause(boolean paused) {
		this.paused = paused;
	}

	synchronized boolean isPaused() {
		return this.paused;
	}

}
