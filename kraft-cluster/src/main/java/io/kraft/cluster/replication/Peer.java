package io.kraft.cluster.replication;

/**
 * A member of a group of replicas.
 *
 * @param id of the node and its incarnation: a node that has lost its data is another
 * peer, since one that forgets its vote could elect two leaders (Raft, section 5.2)
 * @param address host and port; never changes for an id, because Ratis keeps calling the
 * first one
 */
public record Peer(String id, String address) {
}
