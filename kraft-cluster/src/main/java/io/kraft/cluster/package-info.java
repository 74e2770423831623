/**
 * Several nodes with one set of partitions: each partition is replicated by Raft, owned
 * by the leader of its group, and moves to another node when its leader dies.
 */
@NullMarked
package io.kraft.cluster;

import org.jspecify.annotations.NullMarked;
