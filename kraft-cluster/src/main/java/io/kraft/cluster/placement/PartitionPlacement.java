package io.kraft.cluster.placement;

import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

import io.kraft.cluster.membership.MemberId;
import org.jspecify.annotations.Nullable;

/**
 * Where a partition is, as the cluster has recorded it. The configuration of its Raft
 * group is the truth; this follows it.
 *
 * @param number which partition
 * @param generation raised when it is recovered from what was left of it
 * @param replicas its members
 * @param move under way; null if none is
 * @param dropping former replicas whose nodes have not confirmed that they are deleted
 * @param configurationIndex of the newest configuration of its group that was reported
 * @param failedMoves how many have failed since the last one that was done
 * @param retryAt before which no other move begins, in milliseconds since 1970; 0 if none
 * has failed
 */
public record PartitionPlacement(int number, long generation, SortedSet<MemberId> replicas, @Nullable Move move,
		SortedSet<MemberId> dropping, long configurationIndex, int failedMoves, long retryAt) {

	/**
	 * Copies the sets.
	 */
	public PartitionPlacement {
		replicas = Collections.unmodifiableSortedSet(new TreeSet<>(replicas));
		dropping = Collections.unmodifiableSortedSet(new TreeSet<>(dropping));
	}

	/**
	 * A partition of a new cluster.
	 */
	public static PartitionPlacement first(int number, MemberId only) {
		return new PartitionPlacement(number, 1, new TreeSet<>(Set.of(only)), null, new TreeSet<>(), 0, 0, 0);
	}

}
