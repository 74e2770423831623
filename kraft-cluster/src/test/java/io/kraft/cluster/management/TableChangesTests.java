package io.kraft.cluster.management;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

import io.kraft.cluster.management.ClusterCommand.FormatRaised;
import io.kraft.cluster.management.ClusterCommand.Formed;
import io.kraft.cluster.management.ClusterCommand.MemberDraining;
import io.kraft.cluster.management.ClusterCommand.MemberJoined;
import io.kraft.cluster.management.ClusterCommand.MemberLeaving;
import io.kraft.cluster.management.ClusterCommand.MemberRemoved;
import io.kraft.cluster.management.ClusterCommand.MoveBegun;
import io.kraft.cluster.management.ClusterCommand.MoveDone;
import io.kraft.cluster.management.ClusterCommand.MoveFailed;
import io.kraft.cluster.management.ClusterCommand.PartitionRecovered;
import io.kraft.cluster.management.ClusterCommand.ReplicaDropped;
import io.kraft.cluster.management.ClusterCommand.VotersChanged;
import io.kraft.cluster.membership.MemberId;
import io.kraft.cluster.placement.Move;
import io.kraft.cluster.placement.PartitionPlacement;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TableChangesTests {

	static final MemberId A = new MemberId("a", 1);

	static final MemberId B = new MemberId("b", 2);

	static final MemberId C = new MemberId("c", 3);

	private static final FixedSettings SETTINGS = new FixedSettings(2, 3);

	private ClusterTable table = accepted(null, new Formed("c1", "kraft", 2, SETTINGS, member(A)));

	static MemberRecord member(MemberId id) {
		return new MemberRecord(id, id.node() + ":7800", "z", 0, 1, 3, false, false);
	}

	static SortedSet<MemberId> set(MemberId... ids) {
		return new TreeSet<>(List.of(ids));
	}

	static ClusterTable accepted(@Nullable ClusterTable table, ClusterCommand command) {
		Applied applied = TableChanges.apply(table, command);
		assertThat(applied.refusal()).as("%s", command).isNull();
		return applied.table();
	}

	private void accept(ClusterCommand... commands) {
		for (ClusterCommand command : commands) {
			ClusterTable before = this.table;
			this.table = accepted(before, command);
			assertThat(this.table.version()).isEqualTo(before.version() + (this.table.equals(before) ? 0 : 1));
		}
	}

	private void refuse(String code, ClusterCommand command) {
		Applied applied = TableChanges.apply(this.table, command);
		assertThat(applied.refusal()).as("%s", command).isNotNull();
		assertThat(applied.refusal().code()).isEqualTo(code);
		assertThat(new ClusterRefusalException(applied.refusal())).hasMessageStartingWith(code)
			.hasMessageContaining(applied.refusal().reason());
		assertThat(applied.table()).isSameAs(this.table);
	}

	private static MemberJoined joined(MemberId id) {
		return new MemberJoined(member(id), SETTINGS, null);
	}

	private PartitionPlacement partition(int number) {
		return this.table.partitions().get(number);
	}

	@Test
	void aClusterBeginsWithOneMemberThatHasAll() {
		assertThat(this.table.version()).isEqualTo(1);
		assertThat(this.table.voters()).containsExactly(A);
		assertThat(this.table.partitions()).extracting(PartitionPlacement::replicas).containsExactly(set(A), set(A));
		refuse(ClusterRefusalException.NOT_NOW, new Formed("c2", "kraft", 2, SETTINGS, member(B)));
		assertThat(TableChanges.apply(null, joined(B)).refusal()).isNotNull();
	}

	@Test
	void whoJoinsTwiceIsAMemberOnce() {
		accept(joined(B), joined(B), joined(C));

		assertThat(this.table.members()).extracting(MemberRecord::id).containsExactly(A, B, C);
		assertThat(this.table.members()).extracting(MemberRecord::order).containsExactly(0L, 1L, 2L);
	}

	@Test
	void whoDoesNotFitIsRefused() {
		refuse(ClusterRefusalException.FIXED, new MemberJoined(member(B), new FixedSettings(3, 3), null));
		refuse(ClusterRefusalException.FORMAT,
				new MemberJoined(new MemberRecord(B, "b:1", "", 0, 3, 4, false, false), SETTINGS, null));
		refuse(ClusterRefusalException.FORMAT,
				new MemberJoined(new MemberRecord(B, "b:1", "", 0, 1, 1, false, false), SETTINGS, null));
		refuse(ClusterRefusalException.JOIN, joined(new MemberId("a", 9)));
		refuse(ClusterRefusalException.JOIN, new MemberJoined(member(new MemberId("a", 9)), SETTINGS, B));
		refuse(ClusterRefusalException.JOIN,
				new MemberJoined(new MemberRecord(A, "else:1", "", 0, 1, 3, false, false), SETTINGS, null));
	}

	@Test
	void anotherIncarnationTakesThePlaceOfOneThatDoesNotAnswer() {
		MemberId newer = new MemberId("a", 9);
		accept(new MemberJoined(member(newer), SETTINGS, A));

		assertThat(this.table.member(A).leaving()).isTrue();
		assertThat(this.table.member(newer).leaving()).isFalse();
		assertThat(this.table.present("a").id()).isEqualTo(newer);
	}

	@Test
	void aMoveIsBegunOnceAndEndsWithTheConfigurationOfTheGroup() {
		accept(joined(B), joined(C));
		Move move = new Move(1, 0, null, B);
		accept(new MoveBegun(move));
		refuse(ClusterRefusalException.NOT_NOW, new MoveBegun(new Move(2, 0, null, C)));
		refuse(ClusterRefusalException.NOT_NOW, new MoveBegun(new Move(9, 1, null, C)));
		accept(new MoveDone(1, set(A, B), 17));
		refuse(ClusterRefusalException.NOT_NOW, new MoveDone(1, set(A, B), 17));

		assertThat(partition(0).replicas()).isEqualTo(set(A, B));
		assertThat(partition(0).move()).isNull();
		assertThat(partition(0).configurationIndex()).isEqualTo(17);
		assertThat(partition(0).dropping()).isEmpty();
	}

	@Test
	void whatTheLeaderReportsCountsNotWhatWasPlanned() {
		accept(joined(B), joined(C), new MoveBegun(new Move(1, 0, null, B)));
		// The change of configuration failed: nothing but the new group on b is left of
		// it.
		accept(new MoveFailed(1, set(A), 17, 5000));
		assertThat(partition(0).replicas()).isEqualTo(set(A));
		assertThat(partition(0).dropping()).isEqualTo(set(B));
		assertThat(partition(0).failedMoves()).isEqualTo(1);
		assertThat(partition(0).retryAt()).isEqualTo(5000);

		refuse(ClusterRefusalException.NOT_NOW, new MoveBegun(new Move(2, 0, null, B)));
		accept(new ReplicaDropped(0, B), new ReplicaDropped(0, B), new MoveBegun(new Move(2, 0, null, B)));
		// It succeeded, though it was reported as failed.
		accept(new MoveFailed(2, set(A, B), 19, 9000));
		assertThat(partition(0).replicas()).isEqualTo(set(A, B));
		assertThat(partition(0).dropping()).isEmpty();
	}

	@Test
	void anOlderConfigurationChangesNothing() {
		accept(joined(B), joined(C), new MoveBegun(new Move(1, 0, null, B)), new MoveDone(1, set(A, B), 17));
		accept(new MoveBegun(new Move(2, 0, A, null)));
		refuse(ClusterRefusalException.NOT_NOW, new MoveDone(2, set(B), 16));
		refuse(ClusterRefusalException.NOT_NOW, new MoveDone(2, set(), 18));
		refuse(ClusterRefusalException.NOT_NOW, new MoveDone(2, set(new MemberId("stranger", 1)), 18));
		accept(new MoveDone(2, set(B), 18));

		assertThat(partition(0).dropping()).isEqualTo(set(A));
	}

	@Test
	void aMemberIsRemovedWhenNothingIsOnIt() {
		accept(joined(B), new MoveBegun(new Move(1, 0, null, B)), new MoveDone(1, set(A, B), 5));
		accept(new MoveBegun(new Move(2, 0, A, null)), new MoveDone(2, set(B), 6), new VotersChanged(set(A, B)));
		accept(new MemberLeaving(A));
		refuse(ClusterRefusalException.NOT_NOW, new MemberRemoved(A));
		accept(new VotersChanged(set(B)), new MoveBegun(new Move(3, 1, null, B)));
		accept(new MoveDone(3, set(A, B), 5), new MoveBegun(new Move(4, 1, A, null)), new MoveDone(4, set(B), 6));
		refuse(ClusterRefusalException.NOT_NOW, new MemberRemoved(B));
		accept(new MemberRemoved(A), new MemberRemoved(A));

		assertThat(this.table.members()).extracting(MemberRecord::id).containsExactly(B);
		assertThat(this.table.partitions()).allMatch((one) -> one.dropping().isEmpty());
	}

	@Test
	void noReplicaComesToAMemberThatLeavesAndTheLastOneStays() {
		accept(joined(B), new MemberLeaving(B));
		refuse(ClusterRefusalException.NOT_NOW, new MoveBegun(new Move(1, 0, null, B)));
		refuse(ClusterRefusalException.NOT_NOW, new MoveBegun(new Move(1, 0, A, null)));
		refuse(ClusterRefusalException.NOT_NOW, new MoveBegun(new Move(1, 7, null, A)));
		refuse(ClusterRefusalException.NOT_NOW, new MoveBegun(new Move(1, 0, C, A)));
	}

	@Test
	void aRecoveryRaisesTheGenerationAndSetsTheOthersAside() {
		accept(joined(B), joined(C), new MoveBegun(new Move(1, 0, null, B)), new MoveDone(1, set(A, B), 5));
		accept(new MoveBegun(new Move(2, 0, null, C)));
		accept(new PartitionRecovered(0, 1, B));
		refuse(ClusterRefusalException.NOT_NOW, new PartitionRecovered(0, 1, A));
		refuse(ClusterRefusalException.NOT_NOW, new MoveDone(2, set(A, B, C), 9));

		assertThat(partition(0).generation()).isEqualTo(2);
		assertThat(partition(0).replicas()).isEqualTo(set(B));
		assertThat(partition(0).dropping()).isEqualTo(set(A, C));
	}

	@Test
	void theFormatIsRaisedWhenAllMembersReadIt() {
		accept(joined(B), new FormatRaised(3), new FormatRaised(3));
		refuse(ClusterRefusalException.FORMAT, new FormatRaised(4));
		refuse(ClusterRefusalException.FORMAT, new FormatRaised(2));

		assertThat(this.table.format()).isEqualTo(3);
	}

	@Test
	void aMemberThatDrainsIsReadyAgainWhenItJoinsAgain() {
		accept(joined(B), new MemberDraining(B, true), new MemberDraining(B, true));
		assertThat(this.table.member(B).draining()).isTrue();
		accept(joined(B));

		assertThat(this.table.member(B).draining()).isFalse();
		refuse(ClusterRefusalException.NOT_NOW, new MemberDraining(C, true));
	}

	@Test
	void votersAreMembers() {
		accept(joined(B), new VotersChanged(set(A, B)), new VotersChanged(set(A, B)));
		refuse(ClusterRefusalException.NOT_NOW, new VotersChanged(set(A, C)));
		refuse(ClusterRefusalException.NOT_NOW, new VotersChanged(set()));
	}

	@Test
	void aTableThatCannotBeIsNotMade() {
		List<PartitionPlacement> partitions = this.table.partitions();
		assertThatThrownBy(
				() -> new ClusterTable(1, "c", "n", 1, SETTINGS, List.of(member(B)), partitions, set(B), 1, 1))
			.hasMessageContaining("of no member");
		assertThatThrownBy(
				() -> new ClusterTable(1, "c", "n", 1, SETTINGS, List.of(member(A)), List.of(), set(A), 1, 1))
			.hasMessageContaining("partitions");
		assertThatThrownBy(() -> new FixedSettings(0, 1)).isInstanceOf(IllegalArgumentException.class);
		assertThatThrownBy(() -> new FixedSettings(1, 8)).isInstanceOf(IllegalArgumentException.class);
	}

}
