package io.kraft.cluster.placement;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

import io.kraft.cluster.membership.MemberId;
import io.kraft.cluster.membership.MemberState;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nodes, groups and a table, all from one seed, on which the planner's steps are carried
 * out with delays and failures. What must hold is checked at each step.
 */
final class PlacementWorld {

	static final long STEP = 2000;

	private static final long NOTICED = 6000;

	private static final long STAGING_TIMEOUT = 60_000;

	final Random random;

	final Map<MemberId, SimulatedNode> nodes = new TreeMap<>();

	final Map<Integer, SimulatedPartition> partitions = new TreeMap<>();

	SortedSet<MemberId> voters = new TreeSet<>();

	final int replicationFactor;

	long now = 1_000_000;

	int moves;

	int transfers;

	/** Moves never end, or fail half of the time. */
	double moveFailures;

	private final PlacementPlanner planner = new PlacementPlanner(PlacementSettings.DEFAULTS);

	private final DesiredPlacement rings = new DesiredPlacement();

	private long nextMove = 1;

	private long nextOrder;

	private long lastTransferAt;

	PlacementWorld(long seed, int partitionCount, int replicationFactor) {
		this.random = new Random(seed);
		this.replicationFactor = replicationFactor;
		SimulatedNode first = join("n0", "a");
		this.voters.add(first.id);
		for (int i = 0; i < partitionCount; i++) {
			SimulatedPartition partition = new SimulatedPartition(PartitionPlacement.first(i, first.id));
			partition.leader = first.id;
			this.partitions.put(i, partition);
		}
	}

	SimulatedNode join(String name, String zone) {
		SimulatedNode node = new SimulatedNode(new MemberId(name, 1 + this.random.nextInt(100)), zone,
				this.nextOrder++);
		node.changedAt = this.now;
		this.nodes.put(node.id, node);
		return node;
	}

	void setUp(SimulatedNode node, boolean isUp) {
		if (node.isUp != isUp) {
			node.isUp = isUp;
			node.changedAt = this.now;
		}
	}

	/** Whether all groups, old and new configurations, keep a majority without it. */
	boolean mayFail(SimulatedNode node) {
		return this.partitions.values().stream().allMatch((partition) -> {
			Move move = partition.placement.move();
			SortedSet<MemberId> replicas = partition.placement.replicas();
			return survives(replicas, node) && (move == null || survives(move.appliedTo(replicas), node));
		}) && survives(this.voters, node);
	}

	private boolean survives(Set<MemberId> replicas, SimulatedNode without) {
		return replicas.stream().filter((id) -> !id.equals(without.id) && isReady(id)).count() > replicas.size() / 2;
	}

	boolean isUp(MemberId id) {
		SimulatedNode node = this.nodes.get(id);
		return node != null && node.isUp;
	}

	/** Up for long enough to have caught up. */
	private boolean isReady(MemberId id) {
		SimulatedNode node = this.nodes.get(id);
		return node != null && node.isUp && this.now - node.changedAt >= 2 * STEP;
	}

	void run(long duration) {
		for (long until = this.now + duration; this.now < until;) {
			step();
		}
	}

	void step() {
		this.now += STEP;
		this.partitions.values().forEach(this::proceed);
		List<PlacementStep> steps = this.planner.next(view(), this.now);
		if (this.random.nextInt(10) > 0) {
			steps.forEach(this::carryOut);
		}
		this.nodes.values().removeIf((node) -> node.isLeaving && isUnused(node.id));
		checkAlways();
	}

	private boolean isUnused(MemberId id) {
		return !this.voters.contains(id) && this.partitions.values()
			.stream()
			.noneMatch((one) -> one.placement.replicas().contains(id)
					|| (isUp(id) && one.placement.dropping().contains(id))
					|| (one.placement.move() != null && id.equals(one.placement.move().to())));
	}

	private void proceed(SimulatedPartition partition) {
		PartitionPlacement placement = partition.placement;
		boolean hasMajority = hasMajority(placement.replicas());
		if (partition.leader != null
				&& (!hasMajority || !isUp(partition.leader) || !placement.replicas().contains(partition.leader))) {
			partition.leader = null;
		}
		else if (partition.leader == null && hasMajority) {
			List<MemberId> ready = placement.replicas().stream().filter(this::isReady).toList();
			partition.leader = ready.get(this.random.nextInt(ready.size()));
		}
		if (placement.move() != null) {
			proceedMove(partition, placement, placement.move());
		}
		PartitionPlacement present = partition.placement;
		SortedSet<MemberId> dropping = new TreeSet<>(present.dropping());
		// A node confirms that it has deleted it, or is no member any more.
		dropping.removeIf((id) -> !this.nodes.containsKey(id) || (isUp(id) && this.random.nextInt(3) == 0));
		partition.placement = with(present, present.replicas(), present.move(), dropping);
	}

	private boolean hasMajority(Set<MemberId> replicas) {
		return replicas.stream().filter(this::isReady).count() > replicas.size() / 2;
	}

	private static PartitionPlacement with(PartitionPlacement placement, SortedSet<MemberId> replicas, Move move,
			Set<MemberId> dropping) {
		return new PartitionPlacement(placement.number(), placement.generation(), replicas, move,
				new TreeSet<>(dropping), 0, placement.failedMoves(), placement.retryAt());
	}

	private void proceedMove(SimulatedPartition partition, PartitionPlacement placement, Move move) {
		SortedSet<MemberId> after = move.appliedTo(placement.replicas());
		boolean canEnd = partition.leader != null && (move.to() == null || isUp(move.to()))
				&& !partition.leader.equals(move.from())
				&& after.stream().filter((id) -> isReady(id) || id.equals(move.to())).count() > after.size() / 2;
		if (canEnd && this.now >= partition.moveEndsAt && this.random.nextDouble() >= this.moveFailures) {
			Set<MemberId> dropping = new HashSet<>(placement.dropping());
			if (move.from() != null) {
				dropping.add(move.from());
			}
			partition.placement = new PartitionPlacement(placement.number(), placement.generation(), after, null,
					new TreeSet<>(dropping), 0, 0, 0);
			assertThat(after.stream().filter((id) -> isReady(id) || id.equals(move.to())).count())
				.as("replicas that answer behind %s", move)
				.isGreaterThan(after.size() / 2);
		}
		else if (this.now - partition.moveBeganAt > STAGING_TIMEOUT) {
			partition.placement = new PartitionPlacement(placement.number(), placement.generation(),
					placement.replicas(), null, placement.dropping(), 0, placement.failedMoves() + 1,
					this.now + 10_000);
		}
	}

	PlacementView view() {
		Map<Integer, PartitionCondition> conditions = new HashMap<>();
		this.partitions.forEach((number, partition) -> {
			Set<MemberId> caughtUp = new HashSet<>(partition.placement.replicas());
			caughtUp.removeIf((id) -> !isReady(id));
			conditions.put(number, new PartitionCondition(partition.leader, caughtUp, partition.failedSince));
		});
		return new PlacementView(this.nodes.values().stream().map(this::seen).toList(),
				this.partitions.values().stream().map((one) -> one.placement).toList(), conditions, this.voters,
				this.replicationFactor, this.nextMove, this.lastTransferAt);
	}

	private PlacementNode seen(SimulatedNode node) {
		boolean isNoticed = !node.isUp && this.now - node.changedAt >= NOTICED;
		return new PlacementNode(node.id, node.zone, node.order, node.isLeaving, !node.isDraining,
				isNoticed ? MemberState.DEAD : MemberState.ALIVE, node.changedAt + (isNoticed ? NOTICED : 0));
	}

	private void carryOut(PlacementStep step) {
		switch (step) {
			case PlacementStep.BeginMove begin -> begin(begin.move());
			case PlacementStep.TransferLeadership transfer -> {
				SimulatedPartition partition = this.partitions.get(transfer.partition());
				assertThat(partition.leader).isEqualTo(transfer.from());
				assertThat(partition.placement.replicas()).contains(transfer.to());
				assertThat(this.now - this.lastTransferAt).as("time between transfers").isGreaterThanOrEqualTo(10_000);
				this.lastTransferAt = this.now;
				this.transfers++;
				if (isReady(transfer.to())) {
					partition.leader = transfer.to();
				}
			}
			case PlacementStep.ChangeVoters change -> {
				Set<MemberId> difference = new HashSet<>(this.voters);
				difference.removeAll(change.voters());
				Set<MemberId> added = new HashSet<>(change.voters());
				added.removeAll(this.voters);
				assertThat(added.size()).isLessThanOrEqualTo(1);
				assertThat(difference.size()).isLessThanOrEqualTo(1);
				this.voters = change.voters();
				assertThat(this.voters.stream().filter(this::isUp).count()).as("voters that answer")
					.isGreaterThan(this.voters.size() / 2);
			}
		}
	}

	private void begin(Move move) {
		SimulatedPartition partition = this.partitions.get(move.partition());
		PartitionPlacement placement = partition.placement;
		assertThat(placement.move()).as("move under way of partition %s", move.partition()).isNull();
		assertThat(move.number()).isEqualTo(this.nextMove++);
		if (move.to() != null) {
			assertThat(placement.replicas()).doesNotContain(move.to());
			assertThat(placement.dropping()).as("being deleted there").doesNotContain(move.to());
			SimulatedNode target = this.nodes.get(move.to());
			assertThat(target.isDraining || target.isLeaving).as("target that takes none: %s", target.id).isFalse();
		}
		if (move.from() != null) {
			assertThat(placement.replicas()).contains(move.from());
			assertThat(partition.leader).as("leader that is to be removed").isNotEqualTo(move.from());
			if (isReady(move.from())) {
				assertThat(placement.replicas()).as("replicas when %s goes, which is well", move.from())
					.allMatch(this::isReady);
			}
		}
		if (move.from() != null && move.to() != null) {
			assertThat(placement.replicas().size()).as("replicas of a replacement in one step")
				.isGreaterThanOrEqualTo(3);
		}
		partition.moveBeganAt = this.now;
		partition.moveEndsAt = this.now + 2000 + this.random.nextLong(20_000);
		partition.placement = with(placement, placement.replicas(), move, placement.dropping());
		this.moves++;
	}

	/** At each step: without AssertJ, which would take most of the time. */
	private void checkAlways() {
		int underWay = 0;
		Set<MemberId> targets = new HashSet<>();
		for (SimulatedPartition one : this.partitions.values()) {
			Move move = one.placement.move();
			underWay += (move != null) ? 1 : 0;
			if (move != null && move.to() != null && !targets.add(move.to())) {
				throw new AssertionError("two replicas come to " + move.to());
			}
			int answering = 0;
			for (MemberId id : one.placement.replicas()) {
				answering += isUp(id) ? 1 : 0;
			}
			if (answering <= one.placement.replicas().size() / 2) {
				throw new AssertionError(answering + " replicas answer of " + one.placement);
			}
		}
		if (underWay > 2) {
			throw new AssertionError(underWay + " moves are under way");
		}
	}

	/** Null if all is as it shall be. */
	String difference() {
		List<HashRing.Node> ring = this.nodes.values()
			.stream()
			.filter((node) -> node.isUp && !node.isLeaving && !node.isDraining)
			.map((node) -> new HashRing.Node(node.id, node.zone))
			.toList();
		int staying = (int) this.nodes.values().stream().filter((node) -> !node.isLeaving).count();
		int size = odd(Math.min(this.replicationFactor, staying));
		List<SortedSet<MemberId>> desired = this.rings.desired(ring, this.partitions.size(), size);
		Map<MemberId, Integer> leaders = new HashMap<>();
		for (SimulatedPartition partition : this.partitions.values()) {
			PartitionPlacement placement = partition.placement;
			if (!placement.replicas().equals(desired.get(placement.number())) || placement.move() != null
					|| !placement.dropping().stream().allMatch((id) -> !isUp(id)) || partition.leader == null) {
				return placement + " led by " + partition.leader + ", wanted " + desired.get(placement.number());
			}
			leaders.merge(partition.leader, 1, Integer::sum);
		}
		for (SimulatedPartition partition : this.partitions.values()) {
			int least = partition.placement.replicas()
				.stream()
				.mapToInt((id) -> leaders.getOrDefault(id, 0))
				.min()
				.orElseThrow();
			if (leaders.get(partition.leader) > least + 1) {
				return "leaders " + leaders;
			}
		}
		int voting = odd(Math.min(5, staying));
		long able = this.nodes.values().stream().filter((node) -> node.isUp && !node.isLeaving).count();
		if (this.voters.size() != voting && able >= voting) {
			return "voters " + this.voters;
		}
		return this.nodes.values().stream().anyMatch((node) -> node.isLeaving) ? "one is leaving still" : null;
	}

	private static int odd(int number) {
		return (number % 2 == 0) ? number - 1 : number;
	}

	static final class SimulatedNode {

		final MemberId id;

		final String zone;

		final long order;

		boolean isUp = true;

		boolean isLeaving;

		boolean isDraining;

		long changedAt;

		SimulatedNode(MemberId id, String zone, long order) {
			this.id = id;
			this.zone = zone;
			this.order = order;
		}

	}

	static final class SimulatedPartition {

		PartitionPlacement placement;

		MemberId leader;

		long moveBeganAt;

		long moveEndsAt;

		final Map<MemberId, Long> failedSince = new HashMap<>();

		SimulatedPartition(PartitionPlacement placement) {
			this.placement = placement;
		}

	}

}
