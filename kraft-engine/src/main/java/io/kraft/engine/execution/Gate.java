package io.kraft.engine.execution;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import io.kraft.engine.store.Change;
import io.kraft.engine.store.QueueAttempt;
import org.jspecify.annotations.Nullable;

/**
 * Lets the runs of one workflow begin as its limits say. Thread-safe.
 */
final class Gate {

	private final int max;

	private final Set<Long> begun;

	private final @Nullable RateLimit rate;

	private boolean paused;

	private int reserved;

	/**
	 * A gate that is not paused.
	 * @param max runs that have begun and not ended
	 * @param begun those of before
	 * @param rate null means any
	 */
	Gate(int max, Set<Long> begun, @Nullable RateLimit rate) {
		this.max = max;
		this.begun = begun;
		this.rate = rate;
	}

	synchronized boolean admits(Instant now) {
		Instant opensAt = (this.rate != null) ? this.rate.opensAt(now) : null;
		return hasPlace() && (opensAt == null || !opensAt.isAfter(now));
	}

	/**
	 * When it opens by itself; null if that depends on something else.
	 */
	synchronized @Nullable Instant opensAt(Instant now) {
		return (hasPlace() && this.rate != null) ? this.rate.opensAt(now) : null;
	}

	private boolean hasPlace() {
		return !this.paused && this.begun.size() + this.reserved < this.max;
	}

	/**
	 * Keeps a place for a run that is about to be. One that is to be counted waits for
	 * its turn in any case.
	 */
	synchronized boolean tryReserve() {
		boolean admitted = this.rate == null && hasPlace();
		this.reserved += admitted ? 1 : 0;
		return admitted;
	}

	/**
	 * Lets a run begin that waited for its turn, or has begun without it.
	 */
	synchronized boolean tryBegin(long run, Instant now) {
		boolean mayBegin = this.begun.contains(run) || admits(now);
		if (mayBegin) {
			this.begun.add(run);
		}
		return mayBegin;
	}

	/**
	 * A run takes the place that was kept.
	 */
	synchronized void settle(long run) {
		this.reserved--;
		this.begun.add(run);
	}

	synchronized void giveBack() {
		this.reserved--;
	}

	synchronized void begin(long run) {
		this.begun.add(run);
	}

	synchronized void end(long run) {
		this.begun.remove(run);
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
