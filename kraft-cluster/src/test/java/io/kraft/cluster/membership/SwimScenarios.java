package io.kraft.cluster.membership;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What happens to clusters, from seeds, and what must come of it.
 */
final class SwimScenarios {

	private SwimScenarios() {
	}

	private static SwimWorld cluster(long seed, int count) {
		SwimWorld world = new SwimWorld(seed);
		for (int i = 0; i < Math.min(3, count); i++) {
			world.seeds.add("host-" + i + ":7800");
		}
		for (int i = 0; i < count; i++) {
			MemberId id = new MemberId("n" + i, 1 + world.random.nextInt(1000));
			String address = "host-" + i + ":7800";
			world.at(world.now + world.random.nextLong(3000), () -> world.start(id, address));
		}
		return world;
	}

	/**
	 * Anything may happen for two minutes. When it is over, all members see each other
	 * and nothing else, and nothing happens any more.
	 */
	static void anything(long seed, int count) {
		SwimWorld world = cluster(seed, count);
		world.network.loss = world.random.nextInt(4) * 0.1;
		world.network.longestDelay = 1 + world.random.nextLong(400);
		long end = world.now + 120_000;
		int faults = 3 + world.random.nextInt(8);
		for (int i = 0; i < faults; i++) {
			world.at(world.now + 5000 + world.random.nextLong(115_000), () -> fault(world));
		}
		world.run(end);
		calm(world);
	}

	private static void fault(SwimWorld world) {
		List<SwimNode> members = world.members();
		if (members.isEmpty()) {
			return;
		}
		SwimNode node = members.get(world.random.nextInt(members.size()));
		SwimNode other = members.get(world.random.nextInt(members.size()));
		switch (world.random.nextInt(9)) {
			case 0 -> {
				if (members.size() > 2) {
					node.isRunning = false;
				}
			}
			// A process that is started again in its directory, and one whose directory
			// was emptied.
			case 1 -> restart(world, node, node.id, world.random.nextLong(20_000));
			case 2 -> restart(world, node, new MemberId(node.id.node(), node.id.incarnation() + 1000),
					world.random.nextLong(60_000));
			case 3 -> world.pause(node, 200 + world.random.nextLong(20_000));
			case 4 -> members.forEach((one) -> world.network.split(one.address, world.random.nextInt(2)));
			case 5 -> {
				world.network.cut(node.address, other.address);
				world.network.cut(other.address, members.get(0).address);
			}
			case 6 -> flap(world, node, 5);
			case 7 -> {
				if (members.size() > 2) {
					world.leave(node);
				}
			}
			default -> world.meta(node, "now " + world.now);
		}
	}

	private static void restart(SwimWorld world, SwimNode node, MemberId id, long down) {
		node.isRunning = false;
		world.at(world.now + down, () -> {
			if (world.nodes.stream().noneMatch((one) -> one.isRunning && one.address.equals(node.address))) {
				world.start(id, node.address);
			}
		});
	}

	private static void flap(SwimWorld world, SwimNode node, int times) {
		world.network.isolate(node.address, true);
		world.at(world.now + 3000, () -> world.network.isolate(node.address, false));
		if (times > 1) {
			world.at(world.now + 6000, () -> flap(world, node, times - 1));
		}
	}

	private static void calm(SwimWorld world) {
		// What was to be started still, and the last of the pauses and flaps.
		world.run(world.now + 60_000);
		world.network.heal();
		world.network.longestDelay = 100;
		long begin = world.now;
		// Two rounds, the time-out, and a few intervals for those that must find each
		// other.
		long bound = 2000L * world.nodes.size() + 5000 + 10 * 30_000;
		while (world.difference() != null) {
			assertThat(world.now - begin).as("time until all agree: %s", world.difference()).isLessThan(bound);
			world.run(world.now + 1000);
		}
		world.run(world.now + 31_000);
		int deaths = world.falseDeaths;
		long calmAt = world.now;
		world.run(world.now + 40_000);
		assertThat(world.falseDeaths).isEqualTo(deaths);
		assertThat(world.lastEventAt).as("last event").isLessThanOrEqualTo(calmAt);
		assertThat(world.difference()).isNull();
		world.members()
			.forEach((node) -> assertThat(node.swim.members()).as("what %s has in its list long after", node)
				.allMatch((one) -> one.state() == MemberState.ALIVE));
	}

	/**
	 * Messages get lost, some links are cut in one direction, processes stop for up to
	 * two seconds: no member that runs is declared dead.
	 */
	static void accuracy(long seed, int count) {
		SwimWorld world = cluster(seed, count);
		world.run(world.now + 20_000);
		assertThat(world.difference()).isNull();
		world.network.loss = 0.1;
		world.network.longestDelay = 150;
		List<SwimNode> members = world.members();
		for (int i = 0; i < count; i++) {
			world.network.cut(members.get(i).address, members.get((i + 1) % count).address);
			SwimNode node = members.get(i);
			world.at(world.now + world.random.nextLong(60_000), () -> world.pause(node, world.random.nextLong(2000)));
		}
		world.run(world.now + 60_000);
		assertThat(world.falseDeaths).as("members that run and were declared dead").isZero();
	}

	/**
	 * Two sides are split for so long that they have forgotten each other, and no seeds
	 * are asked: they find each other again.
	 */
	static void split(long seed, int count) {
		SwimWorld world = cluster(seed, count);
		world.run(world.now + 30_000);
		assertThat(world.difference()).isNull();
		world.seeds.clear();
		List<SwimNode> members = world.members();
		for (int i = 0; i < count; i++) {
			world.network.split(members.get(i).address, i % 2);
		}
		world.run(world.now + 100_000);
		assertThat(members.get(0).swim.members()).as("one side").hasSize((count + 1) / 2);
		calm(world);
	}

	/**
	 * Each that ends is dead for all others within two rounds, the time-out, and the
	 * spreading of the news.
	 */
	static void completeness(long seed, int count) {
		SwimWorld world = cluster(seed, count);
		world.run(world.now + 30_000);
		assertThat(world.difference()).isNull();
		world.network.loss = 0.05;
		int killed = 1 + world.random.nextInt(count / 2);
		world.members().subList(0, killed).forEach((node) -> node.isRunning = false);
		long begin = world.now;
		long bound = 1000L * (2L * count - 1) + 5000 + 20_000;
		while (world.difference() != null) {
			assertThat(world.now - begin).as("time until all are noticed: %s", world.difference()).isLessThan(bound);
			world.run(world.now + 500);
		}
	}

}
