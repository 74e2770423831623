package io.kraft.cluster.placement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

import io.kraft.cluster.membership.MemberId;
import org.jspecify.annotations.Nullable;

/**
 * Which replicas are to be added, removed or replaced.
 */
final class ReplicaRules {

	/**
	 * Below it, a replacement is an addition and then a removal: Ratis refuses majorities
	 * of new members.
	 */
	private static final int REPLACED_IN_ONE_STEP = 3;

	private static final int MAX_MOVES = 2;

	private final DesiredPlacement rings;

	private final PlacementView view;

	private final PlacementSettings settings;

	private final long now;

	private final Map<MemberId, Integer> loads = new HashMap<>();

	private final Set<MemberId> incoming = new HashSet<>();

	private int moves;

	private long nextMove;

	ReplicaRules(PlacementView view, PlacementSettings settings, DesiredPlacement rings, long now) {
		this.rings = rings;
		this.view = view;
		this.settings = settings;
		this.now = now;
		this.nextMove = view.nextMove();
		for (PartitionPlacement partition : view.partitions()) {
			Move move = partition.move();
			SortedSet<MemberId> replicas = (move != null) ? move.appliedTo(partition.replicas()) : partition.replicas();
			replicas.forEach((id) -> this.loads.merge(id, 1, Integer::sum));
			if (move != null) {
				this.moves++;
				if (move.to() != null) {
					this.incoming.add(move.to());
				}
			}
		}
	}

	void addTo(List<PlacementStep> steps) {
		for (PartitionPlacement partition : this.view.partitions()) {
			if (isMovable(partition)) {
				begin(partition, repair(partition), steps);
			}
		}
		if (this.moves == 0 && steps.isEmpty() && isAllWell()) {
			balance(steps);
		}
	}

	private SortedSet<MemberId> desired(PartitionPlacement partition) {
		List<HashRing.Node> ring = this.view.nodes()
			.stream()
			.filter(PlacementNode::canTake)
			.map(PlacementNode::onRing)
			.toList();
		return this.rings.desired(ring, this.view.partitions().size(), this.view.targetSize()).get(partition.number());
	}

	private boolean isMovable(PartitionPlacement partition) {
		return partition.move() == null && this.moves < MAX_MOVES && this.now >= partition.retryAt()
				&& this.view.condition(partition).leader() != null;
	}

	/** From and to of a move; null if nothing is to be repaired. */
	private @Nullable Change repair(PartitionPlacement partition) {
		int size = partition.replicas().size();
		// One that answers can go only when all others do: those that do not go first.
		MemberId lost = partition.replicas()
			.stream()
			.filter((id) -> isLost(partition, id))
			.min(Comparator.comparing((MemberId id) -> this.view.condition(partition).caughtUp().contains(id))
				.thenComparing(Comparator.naturalOrder()))
			.orElse(null);
		int target = this.view.targetSize();
		if (size > target) {
			MemberId from = (lost != null) ? lost : superfluous(partition);
			return (from != null) ? new Change(from, null) : null;
		}
		if (lost != null) {
			MemberId to = target(partition);
			return (to != null) ? new Change((size < REPLACED_IN_ONE_STEP) ? null : lost, to) : null;
		}
		MemberId to = (size < target) ? target(partition) : null;
		return (to != null) ? new Change(null, to) : null;
	}

	/** Whether it will not come back, or shall not stay. */
	private boolean isLost(PartitionPlacement partition, MemberId id) {
		PlacementNode node = this.view.node(id);
		if (node == null || node.isLeaving()) {
			return true;
		}
		Long failedSince = this.view.condition(partition).failedSince().get(id);
		boolean isFailed = failedSince != null && this.now - failedSince >= this.settings.replaceAfter().toMillis();
		return isFailed || isGoneForGood(node);
	}

	private boolean isGoneForGood(PlacementNode node) {
		return node.isGone() && this.now - node.since() >= this.settings.replacedAfterMillis();
	}

	/**
	 * Rather one that does not answer, then one that the ring wants elsewhere, then one
	 * of a full node.
	 */
	private @Nullable MemberId superfluous(PartitionPlacement partition) {
		SortedSet<MemberId> desired = desired(partition);
		return partition.replicas()
			.stream()
			.min(Comparator.comparing((MemberId id) -> this.view.isAlive(id))
				.thenComparing((id) -> desired.contains(id))
				.thenComparing((id) -> id.equals(this.view.condition(partition).leader()))
				.thenComparingInt((id) -> -this.loads.getOrDefault(id, 0))
				.thenComparing(Comparator.naturalOrder()))
			.orElse(null);
	}

	/** Where the ring wants it, else the node with the fewest. */
	private @Nullable MemberId target(PartitionPlacement partition) {
		SortedSet<MemberId> desired = desired(partition);
		return this.view.nodes()
			.stream()
			.filter(PlacementNode::canTake)
			.map(PlacementNode::id)
			.filter((id) -> isFree(partition, id))
			.min(Comparator.comparing((MemberId id) -> !desired.contains(id))
				.thenComparingInt((id) -> this.loads.getOrDefault(id, 0))
				.thenComparing(Comparator.naturalOrder()))
			.orElse(null);
	}

	/**
	 * Not where it is, was until its deletion is confirmed, or where another one is just
	 * coming.
	 */
	private boolean isFree(PartitionPlacement partition, MemberId id) {
		return !partition.replicas().contains(id) && !partition.dropping().contains(id) && !this.incoming.contains(id);
	}

	private void begin(PartitionPlacement partition, @Nullable Change change, List<PlacementStep> steps) {
		if (change == null || !keepsMajority(partition, change)) {
			return;
		}
		MemberId leader = this.view.condition(partition).leader();
		MemberId from = change.from();
		if (from != null && from.equals(leader)) {
			// A leader that is removed hands over first.
			PartitionCondition condition = this.view.condition(partition);
			boolean isTooSoon = this.now - this.view.lastTransferAt() < this.settings.transferInterval().toMillis();
			if (isTooSoon || steps.stream().anyMatch(PlacementStep.TransferLeadership.class::isInstance)) {
				return;
			}
			condition.caughtUp()
				.stream()
				.filter((id) -> !id.equals(from) && partition.replicas().contains(id) && this.view.isAlive(id))
				.min(Comparator.naturalOrder())
				.ifPresent((to) -> steps.add(new PlacementStep.TransferLeadership(partition.number(), from, to)));
			return;
		}
		Move move = new Move(this.nextMove++, partition.number(), change.from(), change.to());
		this.moves++;
		if (change.to() != null) {
			this.incoming.add(change.to());
			this.loads.merge(change.to(), 1, Integer::sum);
		}
		steps.add(new PlacementStep.BeginMove(move));
	}

	/**
	 * Whether those that answer and have all are a majority before and after, the new one
	 * not counted. One that answers goes only if all others do.
	 */
	private boolean keepsMajority(PartitionPlacement partition, Change change) {
		Set<MemberId> good = new HashSet<>(this.view.condition(partition).caughtUp());
		good.retainAll(partition.replicas());
		good.removeIf((id) -> !this.view.isAlive(id));
		int before = partition.replicas().size();
		boolean isMajority = good.size() > before / 2;
		if (change.from() == null) {
			// The new one is caught up before it counts.
			return isMajority;
		}
		boolean isGoodOne = good.remove(change.from());
		int after = before - 1 + ((change.to() != null) ? 1 : 0);
		boolean othersAreGood = good.size() == before - 1;
		return isMajority && good.size() > after / 2 && (!isGoodOne || othersAreGood);
	}

	private boolean isAllWell() {
		boolean areNodesWell = this.view.nodes()
			.stream()
			.filter((node) -> !isGoneForGood(node) && !node.isLeaving())
			.allMatch((node) -> node.canTake() && this.now - node.since() >= this.settings.healthyFor().toMillis());
		return areNodesWell && this.view.partitions().stream().allMatch((partition) -> {
			PartitionCondition condition = this.view.condition(partition);
			return condition.leader() != null && condition.failedSince().isEmpty() && this.now >= partition.retryAt()
					&& condition.caughtUp().containsAll(partition.replicas());
		});
	}

	private void balance(List<PlacementStep> steps) {
		for (PartitionPlacement partition : this.view.partitions()) {
			SortedSet<MemberId> wanted = new TreeSet<>(desired(partition));
			wanted.removeIf((id) -> !isFree(partition, id));
			List<MemberId> unwanted = new ArrayList<>(partition.replicas());
			unwanted.removeAll(desired(partition));
			if (!wanted.isEmpty() && !unwanted.isEmpty() && steps.isEmpty()) {
				boolean isOneStep = partition.replicas().size() >= REPLACED_IN_ONE_STEP;
				begin(partition, new Change(isOneStep ? unwanted.get(0) : null, wanted.first()), steps);
			}
		}
	}

	private record Change(@Nullable MemberId from, @Nullable MemberId to) {
	}

}
