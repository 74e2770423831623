package io.kraft.cluster.placement;

import java.util.List;

import io.kraft.cluster.placement.PlacementWorld.SimulatedNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What happens to clusters, from seeds, and where their replicas are afterwards.
 */
final class PlacementScenarios {

	private static final long MINUTE = 60_000;

	private PlacementScenarios() {
	}

	static PlacementWorld grown(long seed, int partitions, int replicationFactor, int nodes, int zones) {
		PlacementWorld world = new PlacementWorld(seed, partitions, replicationFactor);
		for (int i = 1; i < nodes; i++) {
			world.join("n" + i, zone(i, zones));
		}
		converge(world, 2 * partitions * replicationFactor);
		return world;
	}

	private static String zone(int number, int zones) {
		return (zones > 1) ? String.valueOf((char) ('a' + number % zones)) : "";
	}

	/** Within a time and a number of moves, after which nothing happens any more. */
	static void converge(PlacementWorld world, int mostMoves) {
		int before = world.moves;
		long begin = world.now;
		for (String difference = world.difference(); difference != null; difference = world.difference()) {
			if (world.now - begin > 10 * MINUTE + mostMoves * MINUTE) {
				throw new AssertionError("not in place for long: " + difference + " in " + world.view());
			}
			world.run(10_000);
		}
		int moves = world.moves;
		assertThat(moves - before).as("moves").isLessThanOrEqualTo(mostMoves);
		int transfers = world.transfers;
		world.run(3 * MINUTE);
		assertThat(world.moves).as("moves when all is in place").isEqualTo(moves);
		assertThat(world.transfers).as("transfers when all is in place").isEqualTo(transfers);
	}

	/**
	 * Joins, deaths, returns, drains and exits for an hour, moves that fail; then quiet.
	 */
	static void anything(long seed, int faults) {
		int partitions = 1 + (int) (seed % 7);
		int factor = 1 + 2 * (int) (seed % 3);
		PlacementWorld world = grown(seed, partitions, factor, 3 + (int) (seed % 4), 1 + (int) (seed % 3));
		world.moveFailures = world.random.nextInt(3) * 0.3;
		for (int i = 0; i < faults; i++) {
			world.run(world.random.nextLong(2 * MINUTE));
			fault(world, i);
		}
		world.moveFailures = 0;
		world.nodes.values().forEach((node) -> {
			node.isDraining = false;
			if (world.random.nextBoolean()) {
				world.setUp(node, true);
			}
		});
		long able = world.nodes.values().stream().filter((node) -> node.isUp && !node.isLeaving).count();
		if (able < factor) {
			// Nothing can take the place of the dead, until they are no members any more.
			world.nodes.values().stream().filter((node) -> !node.isUp).forEach((node) -> node.isLeaving = true);
		}
		converge(world, 10 + 4 * partitions * factor);
	}

	private static void fault(PlacementWorld world, int number) {
		List<SimulatedNode> nodes = List.copyOf(world.nodes.values());
		SimulatedNode node = nodes.get(world.random.nextInt(nodes.size()));
		long staying = nodes.stream().filter((one) -> !one.isLeaving && one.isUp).count();
		switch (world.random.nextInt(7)) {
			case 0, 1 -> {
				if (world.mayFail(node)) {
					world.setUp(node, false);
				}
			}
			case 2, 3 -> world.setUp(node, true);
			case 4 -> {
				if (nodes.size() < 9) {
					world.join("j" + number, zone(number, 3));
				}
			}
			case 5 -> node.isDraining = !node.isDraining;
			default -> {
				if (staying > 3 && node.isUp) {
					node.isLeaving = true;
				}
			}
		}
	}

	/** One node after another, and back. */
	static void growth(long seed) {
		PlacementWorld world = new PlacementWorld(seed, 6, 3);
		converge(world, 0);
		world.join("n1", "");
		world.join("n2", "");
		converge(world, 12);
		assertThat(world.partitions.values()).allMatch((one) -> one.placement.replicas().size() == 3);
		assertThat(world.voters).hasSize(3);
		SimulatedNode fourth = world.join("n3", "");
		SimulatedNode fifth = world.join("n4", "");
		converge(world, 12);
		assertThat(world.voters).hasSize(5);
		fourth.isLeaving = true;
		fifth.isLeaving = true;
		converge(world, 12);
		assertThat(world.nodes).hasSize(3);
		assertThat(world.voters).hasSize(3);
		assertThat(world.partitions.values()).allMatch((one) -> one.placement.replicas().size() == 3);
	}

	/** A node that comes and goes, or is restarted, moves nothing. */
	static void flapping(long seed) {
		PlacementWorld world = grown(seed, 6, 3, 4, 1);
		int moves = world.moves;
		List<SimulatedNode> nodes = List.copyOf(world.nodes.values());
		for (int i = 0; i < 20; i++) {
			SimulatedNode node = nodes.get(i % 2);
			if (world.mayFail(node)) {
				node.isDraining = world.random.nextBoolean();
				world.setUp(node, false);
				world.run(10_000 + world.random.nextLong(5 * MINUTE));
				world.setUp(node, true);
				node.isDraining = false;
			}
			world.run(30_000 + world.random.nextLong(MINUTE));
		}
		assertThat(world.moves).as("moves").isEqualTo(moves);
	}

	/** What a dead node had is elsewhere after the time-outs, and not before. */
	static void death(long seed) {
		PlacementWorld world = grown(seed, 6, 3, 5, 1 + (int) (seed % 2));
		SimulatedNode node = List.copyOf(world.nodes.values()).get((int) (seed % 5));
		int had = (int) world.partitions.values()
			.stream()
			.filter((one) -> one.placement.replicas().contains(node.id))
			.count();
		int moves = world.moves;
		world.setUp(node, false);
		world.run(6000 + 30_000 + 5 * MINUTE - PlacementWorld.STEP);
		assertThat(world.moves).as("moves before the time-outs").isEqualTo(moves);
		world.run(had * MINUTE + 10_000);
		assertThat(world.partitions.values()).as("replicas of the dead node")
			.noneMatch((one) -> one.placement.replicas().contains(node.id));
		converge(world, 18);
	}

	/**
	 * A replica that has failed on a node that answers is replaced, a drained node leads
	 * nothing.
	 */
	static void failedReplica(long seed) {
		PlacementWorld world = grown(seed, 4, 3, 4, 1);
		PlacementWorld.SimulatedPartition partition = world.partitions.get((int) (seed % 4));
		var failed = partition.placement.replicas().first();
		partition.failedSince.put(failed, world.now);
		world.run(5 * MINUTE - PlacementWorld.STEP);
		assertThat(partition.placement.replicas()).contains(failed);
		world.run(2 * MINUTE);
		assertThat(partition.placement.replicas()).doesNotContain(failed).hasSize(3);
		SimulatedNode drained = List.copyOf(world.nodes.values()).get((int) (seed % 3));
		drained.isDraining = true;
		world.run(2 * MINUTE);
		assertThat(world.partitions.values()).as("leaders on a node that drains")
			.noneMatch((one) -> drained.id.equals(one.leader));
	}

}
