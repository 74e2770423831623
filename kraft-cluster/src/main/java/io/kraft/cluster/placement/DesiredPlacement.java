package io.kraft.cluster.placement;

import java.util.List;
import java.util.SortedSet;

import io.kraft.cluster.membership.MemberId;
import org.jspecify.annotations.Nullable;

/**
 * What the ring wants, computed once for the same nodes. Thread-safe.
 */
final class DesiredPlacement {

	private volatile @Nullable Computed last;

	List<SortedSet<MemberId>> desired(List<HashRing.Node> nodes, int partitions, int replicas) {
		Computed known = this.last;
		if (known == null || !known.nodes.equals(nodes) || known.desired.size() != partitions
				|| known.replicas != replicas) {
			known = new Computed(nodes, replicas, new HashRing(nodes).desired(partitions, replicas));
			this.last = known;
		}
		return known.desired;
	}

	private record Computed(List<HashRing.Node> nodes, int replicas, List<SortedSet<MemberId>> desired) {
	}

}
