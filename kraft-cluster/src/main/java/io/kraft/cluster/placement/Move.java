package io.kraft.cluster.placement;

import java.util.SortedSet;
import java.util.TreeSet;

import io.kraft.cluster.membership.MemberId;
import org.jspecify.annotations.Nullable;

/**
 * A change of the replicas of a partition by one: one is added, removed, or replaced.
 *
 * @param number no other move of the cluster has it
 * @param partition which
 * @param from the replica that goes; null if none does
 * @param to the replica that comes; null if none does
 */
public record Move(long number, int partition, @Nullable MemberId from, @Nullable MemberId to) {

	/**
	 * Checks that it is a change.
	 * @throws IllegalArgumentException if it is none
	 */
	public Move {
		if ((from == null && to == null) || (from != null && from.equals(to))) {
			throw new IllegalArgumentException("a move changes a replica, but this one is from " + from + " to " + to);
		}
	}

	/**
	 * The replicas behind it.
	 */
	public SortedSet<MemberId> appliedTo(SortedSet<MemberId> replicas) {
		SortedSet<MemberId> after = new TreeSet<>(replicas);
		if (this.from != null) {
			after.remove(this.from);
		}
		if (this.to != null) {
			after.add(this.to);
		}
		return after;
	}

}
