package io.kraft.cluster.placement;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.kraft.cluster.membership.MemberId;
import io.kraft.cluster.membership.MemberState;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Single decisions: four nodes or more, of which some have the only partition.
 */
class PlacementPlannerTests {

	private static final long NOW = 10_000_000;

	private static final MemberId A = new MemberId("a", 1);

	private static final MemberId B = new MemberId("b", 1);

	private static final MemberId C = new MemberId("c", 1);

	private static final MemberId D = new MemberId("d", 1);

	private final List<PlacementNode> nodes = new ArrayList<>(
			List.of(node(A, false, MemberState.ALIVE, 0), node(B, false, MemberState.ALIVE, 0),
					node(C, false, MemberState.ALIVE, 0), node(D, false, MemberState.ALIVE, 0)));

	private static PlacementNode node(MemberId id, boolean isLeaving, MemberState state, long since) {
		return new PlacementNode(id, "", 0, isLeaving, true, state, since);
	}

	private List<PlacementStep> next(PartitionCondition condition) {
		return next(List.of(A, B, C), 3, condition);
	}

	private List<PlacementStep> next(List<MemberId> replicas, int factor, PartitionCondition condition) {
		PartitionPlacement partition = new PartitionPlacement(0, 1, new TreeSet<>(replicas), null, new TreeSet<>(), 0,
				0, 0);
		List<MemberId> voters = new ArrayList<>(List.of(A, B, D));
		this.nodes.stream().skip(4).map(PlacementNode::id).forEach(voters::add);
		PlacementView view = new PlacementView(this.nodes, List.of(partition), Map.of(0, condition),
				new TreeSet<>(voters), factor, 1, 0);
		return new PlacementPlanner(PlacementSettings.DEFAULTS).next(view, NOW);
	}

	private static PartitionCondition ledBy(MemberId leader, MemberId... caughtUp) {
		return new PartitionCondition(leader, Set.of(caughtUp), Map.of());
	}

	@Test
	void aReplicaThatIsWellGoesWhenAllOthersAre() {
		this.nodes.set(2, node(C, true, MemberState.ALIVE, 0));

		assertThat(next(ledBy(A, A, B, C))).containsExactly(new PlacementStep.BeginMove(new Move(1, 0, C, D)));
	}

	@Test
	void aReplicaThatIsWellStaysWhileAnotherOneIsNot() {
		MemberId e = new MemberId("e", 1);
		this.nodes.set(2, node(C, true, MemberState.ALIVE, 0));
		this.nodes.add(node(e, false, MemberState.ALIVE, 0));
		this.nodes.add(node(new MemberId("f", 1), false, MemberState.ALIVE, 0));
		List<MemberId> five = List.of(A, B, C, D, e);

		// Three of five would be left: a majority that tolerates nothing.
		assertThat(next(five, 5, ledBy(A, A, B, C, D))).isEmpty();
		assertThat(next(five, 5, ledBy(A, A, B, C, D, e))).isNotEmpty();
	}

	@Test
	void aDeadReplicaIsReplacedAfterTheTimeOutsIfTheOthersAreAMajority() {
		this.nodes.set(2, node(C, false, MemberState.DEAD, NOW - 330_000));
		assertThat(next(ledBy(A, A, B))).containsExactly(new PlacementStep.BeginMove(new Move(1, 0, C, D)));
		assertThat(next(ledBy(A, A))).isEmpty();
		this.nodes.set(2, node(C, false, MemberState.DEAD, NOW - 329_999));
		assertThat(next(ledBy(A, A, B))).isEmpty();
	}

	@Test
	void aLeaderThatIsToGoHandsOverFirst() {
		this.nodes.set(2, node(C, true, MemberState.ALIVE, 0));

		assertThat(next(ledBy(C, A, B, C))).containsExactly(new PlacementStep.TransferLeadership(0, C, A));
	}

	@Test
	void withoutALeaderNothingIsMoved() {
		this.nodes.set(2, node(C, true, MemberState.ALIVE, 0));

		assertThat(next(PartitionCondition.UNKNOWN)).isEmpty();
	}

}
