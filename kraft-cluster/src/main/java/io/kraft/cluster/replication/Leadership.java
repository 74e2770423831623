package io.kraft.cluster.replication;

import org.jspecify.annotations.Nullable;

/**
 * Who leads a group, as a node sees it at a moment.
 *
 * @param term the latest that the node knows
 * @param isLeader whether this node leads in that term, as far as it knows
 * @param isReady whether it has also applied all entries of earlier terms
 * @param leader the id of the peer that leads, a hint; null if none is known
 */
public record Leadership(long term, boolean isLeader, boolean isReady, @Nullable String leader) {
}
