package io.kraft.cluster.management;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

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

/**
 * What commands do to a table: the same on each voter, without clock or random numbers.
 * <p>
 * The configuration of a partition's Raft group is the truth, and the table follows it:
 * what a leader reports with the end of a move becomes the replicas, whatever was
 * planned. An older report than the last one changes nothing.
 */
public final class TableChanges {

	private TableChanges() {
	}

	/**
	 * The table behind a command.
	 * @param table before it; null if there is none yet
	 */
	public static Applied apply(@Nullable ClusterTable table, ClusterCommand command) {
		if (command instanceof Formed formed) {
			return (table == null) ? form(formed)
					: Applied.refused(table, ClusterRefusalException.NOT_NOW, "the cluster was formed already");
		}
		if (table == null) {
			return Applied.refused(null, ClusterRefusalException.NOT_NOW, "the cluster was not formed yet");
		}
		return switch (command) {
			case Formed formed -> throw new IllegalStateException("was applied above");
			case MemberJoined joined -> join(table, joined);
			case MemberDraining draining ->
				change(table, draining.id(), (member) -> member.draining(draining.draining()));
			case MemberLeaving leaving -> change(table, leaving.id(), MemberRecord::asLeaving);
			case MemberRemoved removed -> remove(table, removed.id());
			case MoveBegun begun -> begin(table, begun.move());
			case MoveDone done -> end(table, done.move(), done.replicas(), done.index(), 0);
			case MoveFailed failed -> end(table, failed.move(), failed.replicas(), failed.index(), failed.retryAt());
			case ReplicaDropped dropped -> drop(table, dropped);
			case PartitionRecovered recovered -> recover(table, recovered);
			case VotersChanged changed -> vote(table, changed.voters());
			case FormatRaised raised -> raise(table, raised.format());
		};
	}

	private static Applied form(Formed formed) {
		MemberId first = formed.first().id();
		List<PartitionPlacement> partitions = new ArrayList<>();
		for (int number = 0; number < formed.settings().partitions(); number++) {
			partitions.add(PartitionPlacement.first(number, first));
		}
		return Applied
			.accepted(new ClusterTable(1, formed.clusterId(), formed.name(), formed.format(), formed.settings(),
					List.of(formed.first()), partitions, new TreeSet<>(List.of(first)), 1, formed.first().order() + 1));
	}

	private static Applied join(ClusterTable table, MemberJoined joined) {
		MemberRecord member = joined.member();
		if (!joined.settings().equals(table.settings())) {
			return Applied.refused(table, ClusterRefusalException.FIXED,
					"node '" + member.id().node() + "' was started with " + joined.settings()
							+ ", but the cluster was created with " + table.settings());
		}
		if (member.minFormat() > table.format() || member.maxFormat() < table.format()) {
			return Applied.refused(table, ClusterRefusalException.FORMAT,
					"node '" + member.id().node() + "' knows the formats " + member.minFormat() + " to "
							+ member.maxFormat() + ", but the cluster writes " + table.format());
		}
		MemberRecord known = table.member(member.id());
		if (known != null) {
			return rejoin(table, known, member);
		}
		List<MemberRecord> members = new ArrayList<>(table.members());
		MemberRecord former = table.present(member.id().node());
		if (former != null) {
			if (!former.id().equals(joined.replaces())) {
				return Applied.refused(table, ClusterRefusalException.JOIN,
						"node '" + member.id().node() + "' is a member already, as " + former.id() + " at "
								+ former.address() + ". Give each node an id of its own");
			}
			// Its replicas go immediately: it cannot come back.
			members.set(members.indexOf(former), former.asLeaving());
		}
		members.add(new MemberRecord(member.id(), member.address(), member.zone(), table.nextOrder(),
				member.minFormat(), member.maxFormat(), false, false));
		return Applied.accepted(table.joinedBy(members));
	}

	/**
	 * A member that was started again: another version or zone, never another address.
	 */
	private static Applied rejoin(ClusterTable table, MemberRecord known, MemberRecord member) {
		if (!known.address().equals(member.address())) {
			return Applied.refused(table, ClusterRefusalException.JOIN,
					known.id() + " is a member at " + known.address() + ", and cannot be at " + member.address()
							+ ": another address is another incarnation");
		}
		MemberRecord changed = new MemberRecord(known.id(), known.address(), member.zone(), known.order(),
				member.minFormat(), member.maxFormat(), false, known.leaving());
		return replaced(table, known, changed);
	}

	private static Applied change(ClusterTable table, MemberId id, UnaryOperator<MemberRecord> change) {
		MemberRecord known = table.member(id);
		return (known != null) ? replaced(table, known, change.apply(known))
				: Applied.refused(table, ClusterRefusalException.NOT_NOW, id + " is no member");
	}

	private static Applied replaced(ClusterTable table, MemberRecord known, MemberRecord changed) {
		if (changed.equals(known)) {
			return Applied.accepted(table);
		}
		List<MemberRecord> members = new ArrayList<>(table.members());
		members.set(members.indexOf(known), changed);
		return Applied.accepted(table.withMembers(members));
	}

	private static Applied remove(ClusterTable table, MemberId id) {
		MemberRecord known = table.member(id);
		if (known == null) {
			return Applied.accepted(table);
		}
		boolean isUsed = table.voters().contains(id) || table.partitions().stream().anyMatch((partition) -> {
			Move move = partition.move();
			return partition.replicas().contains(id) || (move != null && id.equals(move.to()));
		});
		if (isUsed || !known.leaving()) {
			return Applied.refused(table, ClusterRefusalException.NOT_NOW,
					id + " has replicas or a vote, or was not asked to leave: it is removed when they have moved");
		}
		List<MemberRecord> members = new ArrayList<>(table.members());
		members.remove(known);
		// What it has not deleted is gone with it: an incarnation that was removed stops.
		List<PartitionPlacement> partitions = table.partitions()
			.stream()
			.map((partition) -> withoutDropping(partition, id))
			.toList();
		return Applied.accepted(table.withPartitions(partitions, members));
	}

	private static PartitionPlacement withoutDropping(PartitionPlacement partition, MemberId id) {
		SortedSet<MemberId> dropping = new TreeSet<>(partition.dropping());
		dropping.remove(id);
		return new PartitionPlacement(partition.number(), partition.generation(), partition.replicas(),
				partition.move(), dropping, partition.configurationIndex(), partition.failedMoves(),
				partition.retryAt());
	}

	private static Applied begin(ClusterTable table, Move move) {
		PartitionPlacement partition = partition(table, move.partition());
		if (partition == null || partition.move() != null || move.number() != table.nextMove()) {
			return Applied.refused(table, ClusterRefusalException.NOT_NOW, move + " does not follow what is recorded");
		}
		MemberId to = move.to();
		MemberRecord target = (to != null) ? table.member(to) : null;
		boolean isTarget = to == null || (target != null && !target.leaving() && !partition.replicas().contains(to)
				&& !partition.dropping().contains(to));
		boolean isSource = move.from() == null || partition.replicas().contains(move.from());
		if (!isTarget || !isSource || move.appliedTo(partition.replicas()).isEmpty()) {
			return Applied.refused(table, ClusterRefusalException.NOT_NOW, move + " is not possible with " + partition);
		}
		return Applied.accepted(table.withPartition(
				new PartitionPlacement(partition.number(), partition.generation(), partition.replicas(), move,
						partition.dropping(), partition.configurationIndex(), partition.failedMoves(), 0),
				move.number() + 1));
	}

	private static Applied end(ClusterTable table, long move, SortedSet<MemberId> replicas, long index, long retryAt) {
		PartitionPlacement partition = table.moving(move);
		if (partition == null) {
			return Applied.refused(table, ClusterRefusalException.NOT_NOW, "move " + move + " is over");
		}
		Move underWay = partition.move();
		if (index < partition.configurationIndex() || underWay == null || replicas.isEmpty()
				|| !replicas.stream().allMatch((id) -> table.member(id) != null)) {
			return Applied.refused(table, ClusterRefusalException.NOT_NOW,
					"the configuration " + replicas + " at " + index + " of partition " + partition.number()
							+ " is older than what is recorded, or of no members");
		}
		SortedSet<MemberId> dropping = new TreeSet<>(partition.dropping());
		dropping.addAll(partition.replicas());
		if (underWay.to() != null) {
			dropping.add(underWay.to());
		}
		dropping.removeAll(replicas);
		int failed = (retryAt > 0) ? partition.failedMoves() + 1 : 0;
		return Applied.accepted(table.withPartition(new PartitionPlacement(partition.number(), partition.generation(),
				replicas, null, dropping, index, failed, retryAt), table.nextMove()));
	}

	private static Applied drop(ClusterTable table, ReplicaDropped dropped) {
		PartitionPlacement partition = partition(table, dropped.partition());
		if (partition == null || !partition.dropping().contains(dropped.id())) {
			return Applied.accepted(table);
		}
		return Applied.accepted(table.withPartition(withoutDropping(partition, dropped.id()), table.nextMove()));
	}

	private static Applied recover(ClusterTable table, PartitionRecovered recovered) {
		PartitionPlacement partition = partition(table, recovered.partition());
		if (partition == null || partition.generation() != recovered.generation()
				|| table.member(recovered.survivor()) == null) {
			return Applied.refused(table, ClusterRefusalException.NOT_NOW,
					recovered + " does not follow what is recorded, or is of no member");
		}
		SortedSet<MemberId> dropping = new TreeSet<>(partition.dropping());
		dropping.addAll(partition.replicas());
		if (partition.move() != null && partition.move().to() != null) {
			dropping.add(partition.move().to());
		}
		dropping.remove(recovered.survivor());
		// The group is another one, whose configurations are counted from the beginning.
		return Applied.accepted(
				table.withPartition(
						new PartitionPlacement(partition.number(), partition.generation() + 1,
								new TreeSet<>(List.of(recovered.survivor())), null, dropping, 0, 0, 0),
						table.nextMove()));
	}

	private static @Nullable PartitionPlacement partition(ClusterTable table, int number) {
		return (number >= 0 && number < table.partitions().size()) ? table.partitions().get(number) : null;
	}

	private static Applied vote(ClusterTable table, SortedSet<MemberId> voters) {
		if (voters.isEmpty() || !voters.stream().allMatch((id) -> table.member(id) != null)) {
			return Applied.refused(table, ClusterRefusalException.NOT_NOW,
					"voters are members, but these are " + voters);
		}
		return Applied.accepted(voters.equals(table.voters()) ? table : table.withVoters(voters));
	}

	private static Applied raise(ClusterTable table, int format) {
		if (format < table.format() || table.members().stream().anyMatch((one) -> one.maxFormat() < format)) {
			return Applied.refused(table, ClusterRefusalException.FORMAT,
					"not all members read format " + format + ", or the cluster writes a newer one than that already");
		}
		return Applied.accepted((format == table.format()) ? table : table.withFormat(format));
	}

}
