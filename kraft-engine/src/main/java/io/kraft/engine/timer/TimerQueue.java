package io.kraft.engine.timer;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

import io.kraft.engine.store.Timer;
import org.jspecify.annotations.Nullable;

/**
 * The near timers, in due order; the far ones are on disk only. Not thread-safe.
 * <p>
 * Everything before the horizon is in memory. When too much comes before it, the horizon
 * moves nearer; when what is near runs out, the next ones are read from disk and it moves
 * away. While that reading is under way every timer is taken into memory, because the
 * reader may have passed its place already.
 */
final class TimerQueue {

	private final int capacity;

	private final NavigableSet<Timer> near = new TreeSet<>();

	/**
	 * The last timer of which is known that all up to it are in memory; null means all.
	 */
	private @Nullable Timer horizon;

	private boolean filling;

	/**
	 * A queue that knows of no timer.
	 * @param capacity about how many timers are kept in memory; at least 1
	 */
	TimerQueue(int capacity) {
		this.capacity = capacity;
	}

	/**
	 * Adds a timer that is on disk already.
	 */
	void add(Timer timer) {
		if (this.filling || this.horizon == null || timer.compareTo(this.horizon) <= 0) {
			this.near.add(timer);
			keepNear();
		}
	}

	private void keepNear() {
		if (!this.filling && this.near.size() > 2 * this.capacity) {
			Timer last = this.near.stream().skip(this.capacity - 1L).findFirst().orElseThrow();
			forgetAfter(last);
		}
	}

	private void forgetAfter(Timer last) {
		this.near.tailSet(last, false).clear();
		this.horizon = last;
	}

	void remove(Timer timer) {
		this.near.remove(timer);
	}

	/**
	 * Takes the timers that are due, in due order.
	 * @param limit most of them; the others stay
	 */
	List<Timer> takeDue(Instant now, int limit) {
		List<Timer> due = new ArrayList<>();
		while (due.size() < limit && isDue(now)) {
			due.add(this.near.removeFirst());
		}
		return due;
	}

	/**
	 * Whether a timer in memory is due.
	 */
	boolean isDue(Instant now) {
		return !this.near.isEmpty() && !this.near.first().dueAt().isAfter(now);
	}

	/**
	 * When the first timer in memory is due; null if it holds none.
	 */
	@Nullable Instant nextDue() {
		return this.near.isEmpty() ? null : this.near.first().dueAt();
	}

	/**
	 * Whether the far timers are to be read, because the near ones have run out.
	 */
	boolean needsFilling() {
		return !this.filling && this.horizon != null && this.near.isEmpty();
	}

	/**
	 * Begins a reading.
	 * @return after which timer to read; null means from the first
	 */
	@Nullable Timer beginFilling() {
		this.filling = true;
		return this.horizon;
	}

	/**
	 * Ends a reading.
	 * @param read the timers that were found, in order
	 * @param limit how many were requested
	 */
	void endFilling(List<Timer> read, int limit) {
		this.near.addAll(read);
		this.filling = false;
		if (read.size() < limit) {
			this.horizon = null;
			keepNear();
		}
		else {
			// What was taken in behind it meanwhile would hide what is on disk between.
			forgetAfter(read.getLast());
		}
	}

	int capacity() {
		return this.capacity;
	}

}
