/**
 * A partition's store on several nodes: the writes of its owner become entries of a
 * replicated log, and each replica applies them in the order of that log. Knows no
 * implementation of Raft.
 */
@NullMarked
package io.kraft.cluster.replication;

import org.jspecify.annotations.NullMarked;
