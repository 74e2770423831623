package io.kraft.cluster.placement;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.zip.CRC32C;

import io.kraft.cluster.membership.MemberId;

/**
 * Where the replicas of partitions belong: consistent hashing (Karger et al., 1997) with
 * bounded loads (Mirrokni, Thorup, Zadimoghaddam, 2018). Each node has 150 points on a
 * ring; a partition belongs on the first nodes behind its own point, of distinct zones as
 * far as there are some, and no node has more than {@code ceil(P × R / N)} replicas. What
 * is computed for given nodes never changes: golden vectors are in the tests.
 */
public final class HashRing {

	private static final int VIRTUAL_NODES = 150;

	/** The fraction of the golden ratio: neighbours are spread. */
	private static final long SPREAD = 0x9E3779B97F4A7C15L;

	private final List<Point> points;

	private final List<Node> nodes;

	/**
	 * A ring of nodes.
	 * @param nodes in any order
	 */
	public HashRing(List<Node> nodes) {
		this.nodes = List.copyOf(nodes);
		List<Point> all = new ArrayList<>();
		for (Node node : nodes) {
			for (int i = 0; i < VIRTUAL_NODES; i++) {
				all.add(new Point(position(node.id().node() + '#' + i), node));
			}
		}
		all.sort(Comparator.comparingLong(Point::position).thenComparing((point) -> point.node().id()));
		this.points = List.copyOf(all);
	}

	/**
	 * The nodes of each partition.
	 * @param partitions how many there are
	 * @param replicas of each; fewer if there are fewer nodes
	 */
	public List<SortedSet<MemberId>> desired(int partitions, int replicas) {
		Capacity capacity = new Capacity(this.nodes, partitions, Math.min(replicas, this.nodes.size()));
		List<SortedSet<MemberId>> desired = new ArrayList<>();
		for (int partition = 0; partition < partitions; partition++) {
			SortedSet<MemberId> chosen = new TreeSet<>();
			if (capacity.replicas > 0) {
				choose(walk(position("partition#" + partition)), capacity, chosen);
			}
			desired.add(chosen);
		}
		return desired;
	}

	private static void choose(List<Node> order, Capacity capacity, Set<MemberId> chosen) {
		capacity.next();
		Set<String> zones = new HashSet<>();
		// Once for zones that have none of it yet, then for any.
		for (boolean isOfAnyZone : new boolean[] { false, true }) {
			for (Node node : order) {
				if (!chosen.contains(node.id()) && (isOfAnyZone || !zones.contains(node.zone()))
						&& capacity.take(node.id())) {
					chosen.add(node.id());
					zones.add(node.zone());
				}
			}
		}
	}

	/** All nodes, in the order in which they come behind a point. */
	private List<Node> walk(long from) {
		int start = 0;
		while (start < this.points.size() && this.points.get(start).position() < from) {
			start++;
		}
		Set<MemberId> seen = new HashSet<>();
		List<Node> order = new ArrayList<>();
		for (int i = 0; i < this.points.size(); i++) {
			Node node = this.points.get((start + i) % this.points.size()).node();
			if (seen.add(node.id())) {
				order.add(node);
			}
		}
		return order;
	}

	/** From 0 to 2^32 - 1. */
	static long position(String name) {
		CRC32C checksum = new CRC32C();
		checksum.update(name.getBytes(StandardCharsets.UTF_8));
		return (checksum.getValue() * SPREAD) >>> Integer.SIZE;
	}

	/**
	 * A node on the ring.
	 *
	 * @param id only the name of the node counts for its points
	 * @param zone empty if it has none
	 */
	public record Node(MemberId id, String zone) {
	}

	private record Point(long position, Node node) {
	}

	/**
	 * How many replicas each node still takes. A node that has room for one of each of
	 * the partitions that follow is tight: if it is passed over, its room is lost. So as
	 * many of them are chosen as it takes for the last partition to find enough nodes.
	 */
	private static final class Capacity {

		private final int replicas;

		private final Map<MemberId, Integer> room = new HashMap<>();

		private int partitions;

		private int left;

		private int tightLeft;

		Capacity(List<Node> nodes, int partitions, int replicas) {
			this.replicas = replicas;
			this.partitions = partitions + 1;
			int bound = nodes.isEmpty() ? 0 : Math.ceilDiv(partitions * replicas, nodes.size());
			nodes.forEach((node) -> this.room.put(node.id(), bound));
		}

		void next() {
			this.partitions--;
			int usable = this.room.values().stream().mapToInt((free) -> Math.min(free, this.partitions)).sum();
			int tight = (int) this.room.values().stream().filter((free) -> free >= this.partitions).count();
			this.left = this.replicas;
			this.tightLeft = Math.max(0, tight - (usable - this.partitions * this.replicas));
		}

		boolean take(MemberId id) {
			int free = this.room.getOrDefault(id, 0);
			boolean isTight = free >= this.partitions;
			if (this.left == 0 || free == 0 || (!isTight && this.left <= this.tightLeft)) {
				return false;
			}
			this.left--;
			this.tightLeft -= isTight ? 1 : 0;
			this.room.put(id, free - 1);
			return true;
		}

	}

}
