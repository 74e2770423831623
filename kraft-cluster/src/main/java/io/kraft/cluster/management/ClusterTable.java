package io.kraft.cluster.management;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

import io.kraft.cluster.membership.MemberId;
import io.kraft.cluster.placement.PartitionPlacement;
import org.jspecify.annotations.Nullable;

/**
 * What a cluster has recorded of itself: the state of the management group. Immutable;
 * each command that is accepted makes a new one of the next version.
 *
 * @param version counts the commands that changed it
 * @param clusterId drawn when the cluster was formed
 * @param name by which nodes find it
 * @param format the newest that nodes write: one that each member reads
 * @param settings fixed at creation
 * @param members in the order of their ids
 * @param partitions in the order of their numbers
 * @param voters of the management group
 * @param nextMove the number of the next move
 * @param nextOrder of the next member
 */
public record ClusterTable(long version, String clusterId, String name, int format, FixedSettings settings,
		List<MemberRecord> members, List<PartitionPlacement> partitions, SortedSet<MemberId> voters, long nextMove,
		long nextOrder) {

	/**
	 * Copies the collections, and checks that they fit to each other.
	 * @throws IllegalArgumentException if they do not
	 */
	public ClusterTable {
		Objects.requireNonNull(clusterId);
		Objects.requireNonNull(name);
		members = members.stream().sorted(Comparator.comparing(MemberRecord::id)).toList();
		partitions = List.copyOf(partitions);
		voters = Collections.unmodifiableSortedSet(new TreeSet<>(voters));
		Set<MemberId> ids = new HashSet<>();
		for (MemberRecord member : members) {
			check(ids.add(member.id()), "a member is there twice");
		}
		check(partitions.size() == settings.partitions(), "there are not as many partitions as were created");
		for (int number = 0; number < partitions.size(); number++) {
			PartitionPlacement partition = partitions.get(number);
			check(partition.number() == number, "a partition is in the place of another one");
			check(!partition.replicas().isEmpty() && ids.containsAll(partition.replicas()),
					"a replica is of no member");
			check(partition.move() == null || partition.move().partition() == number,
					"a move is in the place of another one");
		}
		check(!voters.isEmpty() && ids.containsAll(voters), "a voter is no member");
	}

	private static void check(boolean condition, String fault) {
		if (!condition) {
			throw new IllegalArgumentException("the table of a cluster cannot be: " + fault);
		}
	}

	@Nullable MemberRecord member(MemberId id) {
		return this.members.stream().filter((member) -> member.id().equals(id)).findFirst().orElse(null);
	}

	/** Of a node id, whatever its incarnation, that is not leaving. */
	@Nullable MemberRecord present(String node) {
		return this.members.stream()
			.filter((member) -> member.id().node().equals(node) && !member.leaving())
			.findFirst()
			.orElse(null);
	}

	/** The partition whose move has a number; null if that is over. */
	@Nullable PartitionPlacement moving(long move) {
		return this.partitions.stream()
			.filter((partition) -> partition.move() != null && partition.move().number() == move)
			.findFirst()
			.orElse(null);
	}

	ClusterTable withMembers(List<MemberRecord> changed) {
		return new ClusterTable(this.version + 1, this.clusterId, this.name, this.format, this.settings, changed,
				this.partitions, this.voters, this.nextMove, this.nextOrder);
	}

	ClusterTable joinedBy(List<MemberRecord> changed) {
		return new ClusterTable(this.version + 1, this.clusterId, this.name, this.format, this.settings, changed,
				this.partitions, this.voters, this.nextMove, this.nextOrder + 1);
	}

	ClusterTable withPartition(PartitionPlacement changed, long next) {
		List<PartitionPlacement> all = new ArrayList<>(this.partitions);
		all.set(changed.number(), changed);
		return new ClusterTable(this.version + 1, this.clusterId, this.name, this.format, this.settings, this.members,
				all, this.voters, next, this.nextOrder);
	}

	ClusterTable withPartitions(List<PartitionPlacement> changed, List<MemberRecord> others) {
		return new ClusterTable(this.version + 1, this.clusterId, this.name, this.format, this.settings, others,
				changed, this.voters, this.nextMove, this.nextOrder);
	}

	ClusterTable withVoters(SortedSet<MemberId> changed) {
		return new ClusterTable(this.version + 1, this.clusterId, this.name, this.format, this.settings, this.members,
				this.partitions, changed, this.nextMove, this.nextOrder);
	}

	ClusterTable withFormat(int raised) {
		return new ClusterTable(this.version + 1, this.clusterId, this.name, raised, this.settings, this.members,
				this.partitions, this.voters, this.nextMove, this.nextOrder);
	}

}
