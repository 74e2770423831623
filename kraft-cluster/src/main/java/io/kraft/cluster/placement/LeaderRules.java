package io.kraft.cluster.placement;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.kraft.cluster.membership.MemberId;
import org.jspecify.annotations.Nullable;

/**
 * Which leaderships are to be transferred: away from nodes that take none, then from
 * those with more to those with fewer, until no transfer makes it better. Each transfer
 * lowers the sum of the squares, so it ends.
 */
final class LeaderRules {

	private static final int UNBALANCED = 2;

	private final PlacementView view;

	private final PlacementSettings settings;

	private final long now;

	private final Map<MemberId, Integer> leaders = new HashMap<>();

	LeaderRules(PlacementView view, PlacementSettings settings, long now) {
		this.view = view;
		this.settings = settings;
		this.now = now;
		for (PartitionPlacement partition : view.partitions()) {
			MemberId leader = view.condition(partition).leader();
			if (leader != null) {
				this.leaders.merge(leader, 1, Integer::sum);
			}
		}
	}

	void addTo(List<PlacementStep> steps) {
		if (this.now - this.view.lastTransferAt() < this.settings.transferInterval().toMillis()) {
			return;
		}
		this.view.partitions()
			.stream()
			.filter((partition) -> partition.move() == null)
			.map(this::transfer)
			.filter((transfer) -> transfer != null && gain(transfer) >= UNBALANCED)
			.max(Comparator.comparingInt(this::gain)
				.thenComparing(Comparator.comparingInt(PlacementStep.TransferLeadership::partition).reversed()))
			.ifPresent(steps::add);
	}

	/** To the best of its replicas. */
	private PlacementStep.@Nullable TransferLeadership transfer(PartitionPlacement partition) {
		PartitionCondition condition = this.view.condition(partition);
		MemberId leader = condition.leader();
		if (leader == null) {
			return null;
		}
		return partition.replicas()
			.stream()
			.filter((id) -> !id.equals(leader) && condition.caughtUp().contains(id) && canLead(id))
			.min(Comparator.comparingInt((MemberId id) -> this.leaders.getOrDefault(id, 0))
				.thenComparing(Comparator.naturalOrder()))
			.map((to) -> new PlacementStep.TransferLeadership(partition.number(), leader, to))
			.orElse(null);
	}

	private boolean canLead(MemberId id) {
		PlacementNode node = this.view.node(id);
		return node != null && node.canTake();
	}

	private int gain(PlacementStep.TransferLeadership transfer) {
		int difference = this.leaders.getOrDefault(transfer.from(), 0) - this.leaders.getOrDefault(transfer.to(), 0);
		return canLead(transfer.from()) ? difference : Integer.MAX_VALUE / 2 + difference;
	}

}
