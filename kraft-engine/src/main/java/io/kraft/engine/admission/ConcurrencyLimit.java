package io.kraft.engine.admission;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.kraft.engine.store.Change;
import io.kraft.engine.store.QueueAttempt;
import io.kraft.engine.store.RunRow;
import org.jspecify.annotations.Nullable;

/**
 * Lets the runs of one workflow begin as its limits say, over all partitions of a node.
 * Thread-safe; calls no listener.
 * <p>
 * A place that is free is for the partition that has waited longest for one: see
 * {@link Turns}. Within a partition its runs take their turns as {@link PendingQueue}
 * orders them.
 */
final class ConcurrencyLimit {

	private static final int NO_PARTITION = -1;

	private final InstantSource clock;

	private final Places places = new Places();

	private final Turns turns = new Turns();

	private final @Nullable RateLimit rate;

	private int max;

	private boolean paused;

	/** By partition. */
	private final Map<Integer, Integer> reservations = new HashMap<>();

	private int reserved;

	/**
	 * A limit that is not paused.
	 * @param max places
	 * @param rate null means any
	 * @param clock is read under the monitor: a time from before another attempt was
	 * counted would look as if the clock had been set back
	 */
	ConcurrencyLimit(int max, @Nullable RateLimit rate, InstantSource clock) {
		this.max = max;
		this.rate = rate;
		this.clock = clock;
	}

	/**
	 * Adds what a partition has begun before.
	 * @param begun by number; whether the run is suspended
	 * @param attempts that count for the rate, the oldest first
	 */
	synchronized void join(int partition, Map<Long, Boolean> begun, List<QueueAttempt> attempts) {
		begun.forEach((run, suspended) -> this.places.restore(new NodeRun(partition, run), suspended));
		if (this.rate != null) {
			this.rate.join(partition, attempts);
		}
	}

	/**
	 * A partition takes no more turns here; its places remain taken. What it may just be
	 * attempting counts as attempted.
	 */
	synchronized void close(int partition) {
		this.turns.leave(partition);
		this.places.forgetRequests(partition);
		if (this.rate != null) {
			this.rate.close(partition, this.clock.instant());
		}
	}

	/**
	 * The runs of a partition are another node's.
	 */
	synchronized void leave(int partition) {
		close(partition);
		this.places.leave(partition);
		Integer lost = this.reservations.remove(partition);
		this.reserved -= (lost != null) ? lost : 0;
	}

	/**
	 * Changes how many places there are. Whatever has begun keeps its place.
	 */
	synchronized void resize(int max) {
		this.max = max;
	}

	/**
	 * Whether a run of a partition may begin: whether a place is free that is not for
	 * other partitions.
	 */
	synchronized boolean admits(int partition) {
		Instant now = this.clock.instant();
		this.turns.expire(partition, now);
		return areFree(this.turns.ahead(partition) + 1, now);
	}

	/**
	 * As {@link #admits}; if none may, the partition waits for its turn.
	 */
	synchronized boolean admitsOrAwait(int partition) {
		boolean admits = admits(partition);
		if (!admits) {
			this.turns.await(partition);
			this.turns.lookAt(partition, opensAt(partition, this.clock.instant()));
		}
		return admits;
	}

	/**
	 * Whether a partition waits for its turn.
	 */
	synchronized boolean isAwaitedBy(int partition) {
		return this.turns.isWaiting(partition);
	}

	/**
	 * A partition has no runs that wait here.
	 */
	synchronized void withdraw(int partition) {
		this.turns.leave(partition);
	}

	/** Whether so many more may begin now. */
	private boolean areFree(int more, Instant now) {
		if (this.paused || !arePlaces(more)) {
			return false;
		}
		Instant opensAt = (this.rate != null) ? this.rate.opensAt(more, now) : null;
		return opensAt == null || !opensAt.isAfter(now);
	}

	private boolean arePlaces(int more) {
		return (long) this.places.taken() + this.reserved + more <= this.max;
	}

	/**
	 * When a partition is to look again by itself; null if only when it is woken. What it
	 * was to do when it was refused remains: others rely on it.
	 */
	synchronized @Nullable Instant looksAt(int partition) {
		Instant now = this.clock.instant();
		Instant opensAt = opensAt(partition, now);
		Instant before = this.turns.looksAt(partition, now);
		return (opensAt == null || (before != null && before.isBefore(opensAt))) ? before : opensAt;
	}

	/** When it opens by itself; null if that depends on something else. */
	private @Nullable Instant opensAt(int partition, Instant now) {
		if (this.paused || !arePlaces(1)) {
			return null;
		}
		Instant first = (this.rate != null) ? this.rate.opensAt(1, now) : null;
		if (first != null && first.isAfter(now)) {
			return first;
		}
		if (this.turns.ahead(partition) == 0) {
			return first;
		}
		Instant expiresAt = this.turns.expiresAt();
		// It has opened since those that wait were refused: the next look offers it.
		return (expiresAt != null) ? expiresAt : now;
	}

	/**
	 * Offers what is free to the partitions whose turn it is; to be called after whatever
	 * may have opened this.
	 * @return the partitions that are to look, because of that or of places that are lent
	 */
	synchronized Collection<Integer> offer() {
		Set<Integer> offered = this.places.lendsTo();
		if (!this.turns.areNone()) {
			Instant now = this.clock.instant();
			this.turns.expire(NO_PARTITION, now);
			offered.addAll(this.turns.offer((more) -> areFree(more, now), now));
		}
		return offered;
	}

	/**
	 * Has partitions that wait learn at which time this opens for them, where that was
	 * not known when they were refused: by its rate, or because a place is offered to
	 * another one that may not take it. To be called after {@link #offer}.
	 * @return the partitions that are to look, and to look again at that time
	 */
	synchronized Collection<Integer> inform() {
		Instant now = this.clock.instant();
		return this.turns.inform((partition) -> opensAt(partition, now), now);
	}

	/**
	 * Whether partitions wait for their turn.
	 */
	synchronized boolean isAwaited() {
		return !this.turns.areNone();
	}

	/**
	 * Reserves a place for a run that is about to be created. One that is to be counted
	 * waits for its turn in any case.
	 */
	synchronized boolean tryReserve(int partition) {
		boolean admitted = this.rate == null && admits(partition);
		if (admitted) {
			// It keeps its turn: another of its runs may have begun to wait just now.
			this.reservations.merge(partition, 1, Integer::sum);
			this.reserved++;
		}
		return admitted;
	}

	/**
	 * Lets a run begin that waited for its turn, or has begun without it.
	 */
	synchronized boolean tryBegin(NodeRun run) {
		if (!this.places.has(run)) {
			if (!admits(run.partition())) {
				return false;
			}
			this.turns.leave(run.partition());
			if (this.rate != null) {
				this.rate.reserve(run);
			}
		}
		this.places.begin(run);
		return true;
	}

	/**
	 * A run takes the place that was reserved for it.
	 */
	synchronized void take(NodeRun run) {
		giveBack(run.partition());
		this.places.begin(run);
	}

	/**
	 * A place that was reserved is not needed.
	 */
	synchronized void giveBack(int partition) {
		this.reservations.merge(partition, -1, Integer::sum);
		this.reserved--;
	}

	synchronized void begin(NodeRun run) {
		this.places.begin(run);
	}

	synchronized void end(NodeRun run) {
		this.places.end(run);
		if (this.rate != null) {
			this.rate.giveBack(run);
		}
	}

	synchronized boolean has(NodeRun run) {
		return this.places.has(run);
	}

	/**
	 * See {@link Places#continues}.
	 */
	synchronized void continues(NodeRun run) {
		this.places.continues(run);
	}

	/**
	 * See {@link Places#waits}.
	 */
	synchronized boolean waits(NodeRun run, Set<String> children) {
		return this.places.waits(run, children);
	}

	/**
	 * See {@link Places#request}.
	 */
	synchronized boolean request(NodeRun lender, int partition, RunRow child, String link) {
		return this.places.request(lender, partition, child, link, this.max);
	}

	/**
	 * See {@link Places#lend}.
	 */
	synchronized @Nullable RunRow lend(int partition) {
		return this.places.lend(partition);
	}

	synchronized boolean mayLend(int partition) {
		return this.places.mayLend(partition);
	}

	/**
	 * See {@link Places#takeUnreported}.
	 */
	synchronized Collection<NodeRun> takeUnreported() {
		return this.places.takeUnreported();
	}

	/**
	 * Counts an attempt that an item is about to make, as of now: at an earlier time,
	 * which was read before others began, it would be missing beside these.
	 * @return to be made durable, in the partition, before it is made
	 */
	synchronized List<Change> count(int partition, String queue, long run) {
		if (this.rate == null) {
			return List.of();
		}
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.MILLIS);
		return this.rate.count(partition, new QueueAttempt(queue, now, run));
	}

	synchronized void pause(boolean paused) {
		this.paused = paused;
	}

	synchronized boolean isPaused() {
		return this.paused;
	}

	boolean hasRate() {
		return this.rate != null;
	}

}
