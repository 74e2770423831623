package io.kraft.cluster.ownership;

import java.util.Set;

import io.kraft.cluster.replication.PartitionReplica;
import io.kraft.cluster.replication.Peer;
import io.kraft.cluster.replication.ReplicatedLog;

/**
 * A partition of which this node has a replica.
 *
 * @param log of its group
 * @param replica of this node; another object after it was closed and opened again
 * @param others members of the group, to which leadership can be handed over
 */
public record ReplicatedPartition(ReplicatedLog log, PartitionReplica replica, Set<Peer> others) {
}
