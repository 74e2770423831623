package io.kraft.cluster.placement;

import java.util.Map;
import java.util.Set;

import io.kraft.cluster.membership.MemberId;
import org.jspecify.annotations.Nullable;

/**
 * How a partition is now, as its leader reports it.
 *
 * @param leader null if none is known
 * @param caughtUp replicas that have all that the leader has
 * @param failedSince replicas that have failed on nodes that answer, and since when, in
 * milliseconds since 1970
 */
public record PartitionCondition(@Nullable MemberId leader, Set<MemberId> caughtUp, Map<MemberId, Long> failedSince) {

	/** Of a partition of which nothing is known. */
	public static final PartitionCondition UNKNOWN = new PartitionCondition(null, Set.of(), Map.of());

	/**
	 * Copies the collections.
	 */
	public PartitionCondition {
		caughtUp = Set.copyOf(caughtUp);
		failedSince = Map.copyOf(failedSince);
	}

}
