package io.kraft.cluster.placement;

import io.kraft.cluster.membership.MemberId;
import io.kraft.cluster.membership.MemberState;

/**
 * A member of the cluster, as the planner sees it.
 *
 * @param id who it is
 * @param zone empty if it has none
 * @param order in which members joined
 * @param isLeaving whether its replicas are to go, because it was asked to leave or
 * another incarnation took its place
 * @param takesReplicas whether it accepts new replicas and leaders: not while it drains
 * or its disk is nearly full
 * @param state whether it answers
 * @param since when it has that state, in milliseconds since 1970
 */
public record PlacementNode(MemberId id, String zone, long order, boolean isLeaving, boolean takesReplicas,
		MemberState state, long since) {

	boolean isAlive() {
		return this.state == MemberState.ALIVE;
	}

	boolean isGone() {
		return !this.state.isPresent();
	}

	boolean canTake() {
		return isAlive() && this.takesReplicas && !this.isLeaving;
	}

	HashRing.Node onRing() {
		return new HashRing.Node(this.id, this.zone);
	}

}
