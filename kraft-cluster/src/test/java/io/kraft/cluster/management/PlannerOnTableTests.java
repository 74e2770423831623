package io.kraft.cluster.management;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;

import io.kraft.cluster.management.ClusterCommand.Formed;
import io.kraft.cluster.management.ClusterCommand.MemberJoined;
import io.kraft.cluster.management.ClusterCommand.MemberLeaving;
import io.kraft.cluster.management.ClusterCommand.MemberRemoved;
import io.kraft.cluster.management.ClusterCommand.MoveBegun;
import io.kraft.cluster.management.ClusterCommand.MoveDone;
import io.kraft.cluster.management.ClusterCommand.MoveFailed;
import io.kraft.cluster.management.ClusterCommand.ReplicaDropped;
import io.kraft.cluster.management.ClusterCommand.VotersChanged;
import io.kraft.cluster.membership.MemberId;
import io.kraft.cluster.membership.MemberState;
import io.kraft.cluster.placement.Move;
import io.kraft.cluster.placement.PartitionCondition;
import io.kraft.cluster.placement.PartitionPlacement;
import io.kraft.cluster.placement.PlacementNode;
import io.kraft.cluster.placement.PlacementPlanner;
import io.kraft.cluster.placement.PlacementSettings;
import io.kraft.cluster.placement.PlacementStep;
import io.kraft.cluster.placement.PlacementView;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The planner and the table have the same rules: each step is a command that is accepted,
 * and a table that was written down and read is planned on like the one before.
 */
class PlannerOnTableTests {

	private static final long STEP = 5000;

	private static final FixedSettings SETTINGS = new FixedSettings(6, 3);

	private final PlacementPlanner planner = new PlacementPlanner(PlacementSettings.DEFAULTS);

	private final Map<Integer, MemberId> leaders = new HashMap<>();

	private ClusterTable table = TableChangesTests.accepted(null, new Formed("c1", "kraft", 1, SETTINGS, member("n0")));

	private long now = 1_000_000;

	private long lastTransferAt;

	private int failures;

	private static MemberRecord member(String node) {
		return TableChangesTests.member(new MemberId(node, 1));
	}

	private void apply(ClusterCommand command) {
		ClusterCommand read = ClusterJson.decodeCommand(ClusterJson.encode(command));
		this.table = ClusterJson.decodeTable(ClusterJson.encode(TableChangesTests.accepted(this.table, read)));
	}

	private void join(String... nodes) {
		for (String node : nodes) {
			apply(new MemberJoined(member(node), SETTINGS, null));
		}
	}

	private PlacementView view() {
		Map<Integer, PartitionCondition> conditions = new HashMap<>();
		this.table.partitions().forEach((partition) -> {
			MemberId leader = this.leaders.get(partition.number());
			if (leader == null || !partition.replicas().contains(leader)) {
				this.leaders.put(partition.number(), partition.replicas().iterator().next());
			}
			conditions.put(partition.number(),
					new PartitionCondition(this.leaders.get(partition.number()), partition.replicas(), Map.of()));
		});
		List<PlacementNode> nodes = this.table.members()
			.stream()
			.map((one) -> new PlacementNode(one.id(), one.zone(), one.order(), one.leaving(), !one.draining(),
					MemberState.ALIVE, 0))
			.toList();
		return new PlacementView(nodes, this.table.partitions(), conditions, this.table.voters(),
				this.table.settings().replicationFactor(), this.table.nextMove(), this.lastTransferAt);
	}

	/** Steps are carried out until none is left; of the moves, some fail. */
	private void plan(int failing) {
		for (int quiet = 0; quiet < 5;) {
			this.now += STEP;
			List<PlacementStep> steps = this.planner.next(view(), this.now);
			steps.forEach(this::carryOut);
			boolean isMoving = endMoves(failing);
			quiet = (steps.isEmpty() && !isMoving) ? quiet + 1 : 0;
			assertThat(this.now).as("comes to an end").isLessThan(20_000_000);
		}
	}

	private void carryOut(PlacementStep step) {
		switch (step) {
			case PlacementStep.BeginMove begin -> apply(new MoveBegun(begin.move()));
			case PlacementStep.TransferLeadership transfer -> {
				this.leaders.put(transfer.partition(), transfer.to());
				this.lastTransferAt = this.now;
			}
			case PlacementStep.ChangeVoters change -> apply(new VotersChanged(change.voters()));
		}
	}

	private boolean endMoves(int failing) {
		boolean isMoving = false;
		for (PartitionPlacement partition : this.table.partitions()) {
			Move move = partition.move();
			if (move != null) {
				isMoving = true;
				long index = partition.configurationIndex() + 1;
				SortedSet<MemberId> after = move.appliedTo(partition.replicas());
				if (this.failures < failing) {
					this.failures++;
					apply(new MoveFailed(move.number(), partition.replicas(), index, this.now + 2 * STEP));
				}
				else {
					apply(new MoveDone(move.number(), after, index));
				}
			}
			else {
				Set.copyOf(partition.dropping()).forEach((id) -> apply(new ReplicaDropped(partition.number(), id)));
			}
		}
		return isMoving;
	}

	private void assertInPlace(int members, int replicas, int voters) {
		assertThat(this.table.members()).hasSize(members);
		assertThat(this.table.voters()).hasSize(voters);
		assertThat(this.table.partitions()).allSatisfy((partition) -> {
			assertThat(partition.replicas()).hasSize(replicas);
			assertThat(partition.dropping()).isEmpty();
			assertThat(partition.move()).isNull();
		});
	}

	@Test
	void aClusterGrowsFromOneToThreeToFiveAndBack() {
		plan(0);
		assertInPlace(1, 1, 1);
		join("n1", "n2");
		plan(3);
		assertInPlace(3, 3, 3);
		join("n3", "n4");
		plan(5);
		assertInPlace(5, 3, 5);
		apply(new MemberLeaving(new MemberId("n0", 1)));
		apply(new MemberLeaving(new MemberId("n3", 1)));
		plan(7);
		apply(new MemberRemoved(new MemberId("n0", 1)));
		apply(new MemberRemoved(new MemberId("n3", 1)));
		plan(7);
		assertInPlace(3, 3, 3);
	}

	@Test
	void aNodeWithAnotherDirectoryTakesThePlaceOfItsFormerIncarnation() {
		join("n1", "n2", "n3");
		plan(0);
		MemberId newer = new MemberId("n1", 2);
		apply(new MemberJoined(TableChangesTests.member(newer), SETTINGS, new MemberId("n1", 1)));
		plan(2);
		apply(new MemberRemoved(new MemberId("n1", 1)));

		assertInPlace(4, 3, 3);
		assertThat(this.table.partitions()).anyMatch((partition) -> partition.replicas().contains(newer));
	}

}
