package io.kraft.engine.admission;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.kraft.engine.store.Change;
import io.kraft.engine.store.QueueAttempt;
import io.kraft.workflow.WorkQueue.Rate;
import org.jspecify.annotations.Nullable;

/**
 * The last attempts of a queue in all partitions, as many as its limit: the next one may
 * begin a period after the oldest of them, so that no period, wherever it begins, has
 * more than the limit. Not thread-safe.
 * <p>
 * An attempt is written down, in its partition, in a commit that its body waits for.
 * Crash before that: it was not made. After it: it counts, made or not. From the turn of
 * an item until that is decided, an attempt is reserved for it: the turns of others are
 * decided meanwhile.
 */
final class RateLimit {

	/** How many are forgotten with one attempt, so that no commit is large. */
	private static final int FORGOTTEN = 256;

	private final Rate rate;

	/**
	 * Of those that are over, as many as the limit at most: an older one is irrelevant.
	 */
	private final Deque<Kept> kept = new ArrayDeque<>();

	private final Set<NodeRun> reserved = new HashSet<>();

	/** What is irrelevant, and not removed from the store of its partition yet. */
	private final Map<Integer, Deque<QueueAttempt>> surplus = new HashMap<>();

	/**
	 * A limit of no attempts.
	 */
	RateLimit(Rate rate) {
		this.rate = rate;
	}

	/**
	 * Adds the attempts of a partition, in place of those that are known of it.
	 * @param attempts from before, the oldest first
	 */
	void join(int partition, List<QueueAttempt> attempts) {
		this.surplus.put(partition, new ArrayDeque<>());
		this.kept.removeIf((one) -> one.partition() == partition);
		attempts.forEach((attempt) -> this.kept.add(new Kept(partition, attempt, attempt.at())));
		List<Kept> all = new ArrayList<>(this.kept);
		all.sort(Comparator.comparing(Kept::at));
		int older = Math.max(0, all.size() - this.rate.max());
		all.subList(0, older).forEach(this::forget);
		this.kept.clear();
		this.kept.addAll(all.subList(older, all.size()));
	}

	/** In its partition, with the next attempt there. */
	private void forget(Kept old) {
		Deque<QueueAttempt> here = this.surplus.get(old.partition());
		if (here != null) {
			here.add(old.attempt());
		}
	}

	/**
	 * A partition makes no attempts any more: those that are reserved count as made,
	 * since it is not known whether they were. What it has made counts until it is over.
	 */
	void close(int partition, Instant now) {
		this.surplus.remove(partition);
		List<NodeRun> open = this.reserved.stream().filter((run) -> run.partition() == partition).toList();
		open.forEach((run) -> {
			this.reserved.remove(run);
			makeRoom(now);
			keep(new Kept(partition, new QueueAttempt("", now, run.number()), now));
		});
	}

	/**
	 * When so many further attempts may begin, which may have been before; null if at any
	 * time.
	 * @param more at least 1
	 */
	@Nullable Instant opensAt(int more, Instant now) {
		int older = this.kept.size() + this.reserved.size() + more - this.rate.max();
		if (older <= 0) {
			return null;
		}
		if (older > this.kept.size()) {
			// It depends on what is reserved, which is not made yet.
			return now.plus(this.rate.period());
		}
		moveBackIfClockWas(now);
		Iterator<Kept> oldest = this.kept.iterator();
		for (int i = 1; i < older; i++) {
			oldest.next();
		}
		return oldest.next().at().plus(this.rate.period());
	}

	/**
	 * It is the turn of an item.
	 */
	void reserve(NodeRun run) {
		this.reserved.add(run);
	}

	/**
	 * An item makes no attempt, or its attempt was counted.
	 */
	void giveBack(NodeRun run) {
		this.reserved.remove(run);
	}

	/**
	 * Counts an attempt.
	 * @return to be made durable before it is made
	 */
	List<Change> count(int partition, QueueAttempt attempt) {
		giveBack(new NodeRun(partition, attempt.run()));
		Deque<QueueAttempt> here = this.surplus.get(partition);
		if (here == null) {
			// What was reserved for it counts already.
			return List.of(new Change.AttemptCounted(attempt));
		}
		makeRoom(attempt.at());
		QueueAttempt written = distinct(partition, attempt);
		keep(new Kept(partition, written, attempt.at()));
		List<Change> changes = new ArrayList<>(2);
		while (!here.isEmpty() && changes.size() < FORGOTTEN) {
			changes.add(new Change.AttemptForgotten(here.removeFirst()));
		}
		changes.add(new Change.AttemptCounted(written));
		return changes;
	}

	/**
	 * What is not over yet is kept beside the new one, which may never become durable.
	 */
	private void makeRoom(Instant now) {
		while (this.kept.size() >= this.rate.max()
				&& !this.kept.getFirst().at().plus(this.rate.period()).isAfter(now)) {
			forget(this.kept.removeFirst());
		}
	}

	/** In the order of their times, also where the clock was set back meanwhile. */
	private void keep(Kept one) {
		Deque<Kept> later = new ArrayDeque<>();
		while (!this.kept.isEmpty() && this.kept.getLast().at().isAfter(one.at())) {
			later.push(this.kept.removeLast());
		}
		this.kept.add(one);
		this.kept.addAll(later);
	}

	/** In its store, two of one run in the same millisecond would be one. */
	private QueueAttempt distinct(int partition, QueueAttempt attempt) {
		Iterator<Kept> latest = this.kept.descendingIterator();
		while (latest.hasNext()) {
			Kept next = latest.next();
			QueueAttempt other = next.attempt();
			if (other.at().isBefore(attempt.at())) {
				return attempt;
			}
			if (other.run() == attempt.run() && next.partition() == partition) {
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
			all.forEach((one) -> this.kept
				.add(one.at().isAfter(now) ? new Kept(one.partition(), one.attempt(), now) : one));
		}
	}

	/**
	 * An attempt that is kept.
	 *
	 * @param partition whose store has it
	 * @param attempt as the store has it
	 * @param at from when it counts
	 */
	private record Kept(int partition, QueueAttempt attempt, Instant at) {
	}

}
