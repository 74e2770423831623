package io.kraft.cluster.management;

import java.util.Collections;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

import io.kraft.cluster.membership.MemberId;
import io.kraft.cluster.placement.Move;
import org.jspecify.annotations.Nullable;

/**
 * What changes the table of a cluster. Commands are the entries of the management group's
 * log; what they do is in {@link TableChanges}.
 */
public sealed interface ClusterCommand {

	/**
	 * The first command of a cluster, which has one member then.
	 */
	record Formed(String clusterId, String name, int format, FixedSettings settings,
			MemberRecord first) implements ClusterCommand {
		public Formed {
			Objects.requireNonNull(clusterId);
			Objects.requireNonNull(name);
			Objects.requireNonNull(settings);
			Objects.requireNonNull(first);
		}
	}

	/**
	 * A node has joined.
	 *
	 * @param settings with which it was started
	 * @param replaces the incarnation of the same node that was found not to answer; null
	 * if there is none
	 */
	record MemberJoined(MemberRecord member, FixedSettings settings,
			@Nullable MemberId replaces) implements ClusterCommand {
		public MemberJoined {
			Objects.requireNonNull(member);
			Objects.requireNonNull(settings);
		}
	}

	/**
	 * A member is about to stop, or has started again.
	 */
	record MemberDraining(MemberId id, boolean draining) implements ClusterCommand {
		public MemberDraining {
			Objects.requireNonNull(id);
		}
	}

	/**
	 * A member is to leave, once its replicas have moved.
	 */
	record MemberLeaving(MemberId id) implements ClusterCommand {
		public MemberLeaving {
			Objects.requireNonNull(id);
		}
	}

	/**
	 * A member that has no replica and no vote is one no more.
	 */
	record MemberRemoved(MemberId id) implements ClusterCommand {
		public MemberRemoved {
			Objects.requireNonNull(id);
		}
	}

	/**
	 * Replicas of a partition are to change.
	 */
	record MoveBegun(Move move) implements ClusterCommand {
		public MoveBegun {
			Objects.requireNonNull(move);
		}
	}

	/**
	 * A move is over, and the group has a configuration, as its leader has read it under
	 * its lease.
	 *
	 * @param index of that configuration
	 */
	record MoveDone(long move, SortedSet<MemberId> replicas, long index) implements ClusterCommand {
		public MoveDone {
			replicas = Collections.unmodifiableSortedSet(new TreeSet<>(replicas));
		}
	}

	/**
	 * A move is given up.
	 *
	 * @param retryAt before which no other one begins, in milliseconds since 1970
	 */
	record MoveFailed(long move, SortedSet<MemberId> replicas, long index, long retryAt) implements ClusterCommand {
		public MoveFailed {
			replicas = Collections.unmodifiableSortedSet(new TreeSet<>(replicas));
		}
	}

	/**
	 * A node has deleted a replica that its partition does not have any more.
	 */
	record ReplicaDropped(int partition, MemberId id) implements ClusterCommand {
		public ReplicaDropped {
			Objects.requireNonNull(id);
		}
	}

	/**
	 * A partition that had lost its majority continues with what one replica has.
	 *
	 * @param generation the one that was lost
	 */
	record PartitionRecovered(int partition, long generation, MemberId survivor) implements ClusterCommand {
		public PartitionRecovered {
			Objects.requireNonNull(survivor);
		}
	}

	/**
	 * The management group has other voters.
	 */
	record VotersChanged(SortedSet<MemberId> voters) implements ClusterCommand {
		public VotersChanged {
			voters = Collections.unmodifiableSortedSet(new TreeSet<>(voters));
		}
	}

	/**
	 * All members read a newer format.
	 */
	record FormatRaised(int format) implements ClusterCommand {
	}

}
