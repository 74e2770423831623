package io.kraft.cluster.placement;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.kraft.cluster.membership.MemberId;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HashRingTests {

	private static List<HashRing.Node> nodes(int count, int zones) {
		return IntStream.range(0, count)
			.mapToObj((i) -> new HashRing.Node(new MemberId("node-" + i, 1), (zones > 0) ? "z" + i % zones : ""))
			.collect(Collectors.toCollection(ArrayList::new));
	}

	/** Nodes of all versions must compute the same. */
	@Test
	void theRingStaysAsItIs() {
		assertThat(HashRing.position("node-0#0")).isEqualTo(GOLDEN_POSITION);
		assertThat(new HashRing(nodes(5, 0)).desired(6, 3)).map(HashRingTests::names)
			.containsExactly(GOLDEN_SETS.split(" "));
		assertThat(new HashRing(nodes(6, 3)).desired(6, 3)).map(HashRingTests::names)
			.containsExactly(GOLDEN_ZONES.split(" "));
	}

	private static final long GOLDEN_POSITION = 2881246736L;

	private static final String GOLDEN_SETS = "013 024 123 012 123 034";

	private static final String GOLDEN_ZONES = "123 024 123 015 345 045";

	private static String names(SortedSet<MemberId> ids) {
		return ids.stream().map((id) -> id.node().substring("node-".length())).collect(Collectors.joining());
	}

	@Test
	void noNodeHasMoreThanItsShareAndEachPartitionHasItsReplicas() {
		for (int count : new int[] { 1, 2, 3, 4, 5, 7, 10, 19 }) {
			for (int zones : new int[] { 0, 2, 3 }) {
				HashRing ring = new HashRing(nodes(count, zones));
				for (int partitions : new int[] { 1, 2, 6, 7, 12, 100 }) {
					for (int replicas : new int[] { 1, 3, 5 }) {
						check(ring, count, partitions, replicas);
					}
				}
			}
		}
	}

	private static void check(HashRing ring, int count, int partitions, int replicas) {
		int each = Math.min(replicas, count);
		List<SortedSet<MemberId>> desired = ring.desired(partitions, replicas);
		Map<MemberId, Integer> loads = new HashMap<>();
		desired.forEach((ids) -> ids.forEach((id) -> loads.merge(id, 1, Integer::sum)));

		assertThat(desired).hasSize(partitions).allMatch((ids) -> ids.size() == each);
		assertThat(loads.values()).allMatch((load) -> load <= Math.ceilDiv(partitions * each, count));
	}

	@Test
	void theOrderOfTheNodesAndTheirIncarnationsDoNotCount() {
		List<HashRing.Node> nodes = nodes(7, 2);
		List<SortedSet<MemberId>> expected = new HashRing(nodes).desired(12, 3);
		Collections.shuffle(nodes, new Random(1));
		List<HashRing.Node> others = nodes(7, 2).stream()
			.map((node) -> new HashRing.Node(new MemberId(node.id().node(), 99), node.zone()))
			.toList();

		assertThat(new HashRing(nodes).desired(12, 3)).isEqualTo(expected);
		assertThat(new HashRing(others).desired(12, 3)).map(HashRingTests::names)
			.isEqualTo(expected.stream().map(HashRingTests::names).toList());
	}

	@Test
	void replicasAreInDistinctZones() {
		for (int partitions : new int[] { 6, 12, 60 }) {
			List<HashRing.Node> nodes = nodes(9, 3);
			Map<MemberId, String> zones = nodes.stream()
				.collect(Collectors.toMap(HashRing.Node::id, HashRing.Node::zone));
			List<SortedSet<MemberId>> desired = new HashRing(nodes).desired(partitions, 3);
			long spread = desired.stream()
				.filter((ids) -> ids.stream().map(zones::get).distinct().count() == 3)
				.count();

			assertThat(desired).allMatch((ids) -> ids.stream().map(zones::get).distinct().count() >= 2);
			assertThat(spread).as("partitions in three zones of %s", partitions)
				.isGreaterThanOrEqualTo(partitions - partitions / 10 - 1);
		}
	}

	@Test
	void aNodeThatComesMovesLittleMoreThanItsShare() {
		for (int count = 3; count <= 12; count++) {
			List<SortedSet<MemberId>> before = new HashRing(nodes(count, 0)).desired(60, 3);
			List<SortedSet<MemberId>> after = new HashRing(nodes(count + 1, 0)).desired(60, 3);
			int moved = 0;
			for (int i = 0; i < before.size(); i++) {
				Set<MemberId> come = new HashSet<>(after.get(i));
				come.removeAll(before.get(i));
				moved += come.size();
			}

			assertThat(moved).as("of 180 replicas, from %s nodes", count).isLessThanOrEqualTo(3 * 180 / (count + 1));
		}
	}

	@Test
	void withoutNodesThereIsNothingToPlace() {
		assertThat(new HashRing(List.of()).desired(2, 3)).containsExactly(Collections.emptySortedSet(),
				Collections.emptySortedSet());
	}

}
