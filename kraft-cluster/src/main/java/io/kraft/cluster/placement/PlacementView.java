package io.kraft.cluster.placement;

import java.util.List;
import java.util.Map;
import java.util.SortedSet;

import io.kraft.cluster.membership.MemberId;
import org.jspecify.annotations.Nullable;

/**
 * All that the planner decides on.
 *
 * @param nodes members that are recorded, dead ones included
 * @param partitions in the order of their numbers
 * @param conditions of the partitions, by number; those of which nothing is known may be
 * missing
 * @param voters of the management group
 * @param replicationFactor how many replicas a partition is to have
 * @param nextMove the number of the next move
 * @param lastTransferAt when a leadership was last transferred, in milliseconds since
 * 1970
 */
public record PlacementView(List<PlacementNode> nodes, List<PartitionPlacement> partitions,
		Map<Integer, PartitionCondition> conditions, SortedSet<MemberId> voters, int replicationFactor, long nextMove,
		long lastTransferAt) {

	PartitionCondition condition(PartitionPlacement partition) {
		return this.conditions.getOrDefault(partition.number(), PartitionCondition.UNKNOWN);
	}

	@Nullable PlacementNode node(MemberId id) {
		return this.nodes.stream().filter((node) -> node.id().equals(id)).findFirst().orElse(null);
	}

	boolean isAlive(MemberId id) {
		PlacementNode node = node(id);
		return node != null && node.isAlive();
	}

	/**
	 * How many replicas a partition is to have: an odd number, since an even one
	 * tolerates no more failures. Dead members count, so that a death takes no replica
	 * away.
	 */
	int targetSize() {
		int staying = (int) this.nodes.stream().filter((node) -> !node.isLeaving()).count();
		int most = Math.min(this.replicationFactor, Math.max(1, staying));
		return (most % 2 == 0) ? most - 1 : most;
	}

}
