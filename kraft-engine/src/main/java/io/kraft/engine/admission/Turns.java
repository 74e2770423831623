package io.kraft.engine.admission;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;

import org.jspecify.annotations.Nullable;

/**
 * The partitions whose runs wait at a limit, in the order in which they came. Each gets
 * one place, and is behind the others when it waits again. Not thread-safe: guarded by
 * its {@link ConcurrencyLimit}.
 * <p>
 * A place is offered to the first of them. One that does not take it for a second,
 * because its disk is slow or it has no memory, waits no more, until it looks again: so
 * none holds up the others for longer.
 */
final class Turns {

	private static final Duration PATIENCE = Duration.ofSeconds(1);

	private static final Instant NOT_OFFERED = Instant.MAX;

	private static final Instant NEVER = Instant.MAX;

	/** Since when a place is offered to each. */
	private final Map<Integer, Instant> waiting = new LinkedHashMap<>();

	/** When each looks again by itself. */
	private final Map<Integer, Instant> looks = new HashMap<>();

	/**
	 * How many wait that come before a partition.
	 */
	int ahead(int partition) {
		if (!this.waiting.containsKey(partition)) {
			return this.waiting.size();
		}
		int ahead = 0;
		for (int other : this.waiting.keySet()) {
			if (other == partition) {
				break;
			}
			ahead++;
		}
		return ahead;
	}

	/**
	 * A partition has runs that may not begin. One that waits already keeps its turn, and
	 * is offered a place anew.
	 */
	void await(int partition) {
		this.waiting.put(partition, NOT_OFFERED);
		this.looks.remove(partition);
	}

	/**
	 * A partition that waits looks again at a time.
	 * @param at null if only when it is woken
	 */
	void lookAt(int partition, @Nullable Instant at) {
		this.looks.put(partition, (at != null) ? at : NEVER);
	}

	/**
	 * When a partition that waits looks again by itself; null if only when it is woken,
	 * or that time is over.
	 */
	@Nullable Instant looksAt(int partition, Instant now) {
		Instant at = this.looks.getOrDefault(partition, NEVER);
		return (at.equals(NEVER) || !at.isAfter(now)) ? null : at;
	}

	/**
	 * A partition has taken a place, or needs none.
	 */
	void leave(int partition) {
		this.waiting.remove(partition);
		this.looks.remove(partition);
	}

	boolean isWaiting(int partition) {
		return this.waiting.containsKey(partition);
	}

	boolean areNone() {
		return this.waiting.isEmpty();
	}

	/**
	 * Offers places to those whose turn it is.
	 * @param areFree whether there are so many
	 * @return those to which none was offered before
	 */
	List<Integer> offer(IntPredicate areFree, Instant now) {
		List<Integer> offered = new ArrayList<>();
		int turn = 0;
		for (Map.Entry<Integer, Instant> next : this.waiting.entrySet()) {
			turn++;
			if (next.getValue().equals(NOT_OFFERED)) {
				if (!areFree.test(turn)) {
					break;
				}
				next.setValue(now);
				offered.add(next.getKey());
			}
		}
		return offered;
	}

	/**
	 * Has those look at a time that would look later, or never: what was known when they
	 * were refused is over.
	 * @param opensAt when it opens for a partition; null if that is not known
	 * @return those that did not know of it
	 */
	List<Integer> inform(IntFunction<@Nullable Instant> opensAt, Instant now) {
		List<Integer> informed = new ArrayList<>();
		for (Map.Entry<Integer, Instant> next : this.waiting.entrySet()) {
			Instant at = next.getValue().equals(NOT_OFFERED) ? opensAt.apply(next.getKey()) : null;
			Instant looksAt = looksAt(next.getKey(), now);
			if (at != null && (looksAt == null || at.isBefore(looksAt))) {
				lookAt(next.getKey(), at);
				informed.add(next.getKey());
			}
		}
		return informed;
	}

	/**
	 * Passes over those that have not taken what was offered, also where the clock was
	 * set back since.
	 * @param looking the partition that looks just now, and is not passed over
	 */
	void expire(int looking, Instant now) {
		if (!this.waiting.isEmpty()) {
			this.waiting.entrySet().removeIf((turn) -> turn.getKey() != looking && isOver(turn.getValue(), now));
		}
	}

	private static boolean isOver(Instant since, Instant now) {
		return !since.equals(NOT_OFFERED) && (since.isAfter(now) || !since.plus(PATIENCE).isAfter(now));
	}

	/**
	 * When the first of them is passed over; null if none was offered a place.
	 */
	@Nullable Instant expiresAt() {
		return this.waiting.values()
			.stream()
			.filter((since) -> !since.equals(NOT_OFFERED))
			.min(Instant::compareTo)
			.map((since) -> since.plus(PATIENCE))
			.orElse(null);
	}

}
