package io.kraft.cluster.placement;

import java.util.SortedSet;

import io.kraft.cluster.membership.MemberId;

/**
 * What is to be done next.
 */
public sealed interface PlacementStep {

	/**
	 * A replica is to be added, removed or replaced.
	 */
	record BeginMove(Move move) implements PlacementStep {
	}

	/**
	 * Another replica is to lead.
	 *
	 * @param partition which
	 * @param from the present leader
	 * @param to a replica that is caught up
	 */
	record TransferLeadership(int partition, MemberId from, MemberId to) implements PlacementStep {
	}

	/**
	 * The management group is to have other voters; they differ by one addition, removal
	 * or replacement.
	 */
	record ChangeVoters(SortedSet<MemberId> voters) implements PlacementStep {
	}

}
