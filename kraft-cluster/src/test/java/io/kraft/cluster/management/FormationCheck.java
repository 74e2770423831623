package io.kraft.cluster.management;

/**
 * Fresh nodes in trouble never form two clusters, and form one when the trouble is over.
 */
@SuppressWarnings("JUnitMethodInvoked") // Orders of messages that the seeds seldom come
										// to.
final class FormationCheck implements Runnable {

	private final long first;

	private final int seeds;

	FormationCheck() {
		this(1, 1000);
	}

	FormationCheck(long first, int seeds) {
		this.first = first;
		this.seeds = seeds;
	}

	@Override
	public void run() {
		new FormationTests().aReleaseThatWasAskedForBeforeThePromiseWasRepeatedDoesNotCount();
		new FormationTests().theLowestNodeFormsWithThePromiseOfAnother();
		new FormationTests().aPromiseOfAnotherRoundDoesNotCount();
		new FormationTests().whoMayStillFormReleasesNothing();
		for (long seed = this.first; seed < this.first + this.seeds; seed++) {
			try {
				check(seed);
			}
			catch (RuntimeException | AssertionError ex) {
				throw new AssertionError("seed " + seed, ex);
			}
		}
	}

	private static void check(long seed) {
		// Where the fewest promises are enough, most depends on each of them.
		boolean isTight = seed % 4 != 0;
		int count = isTight ? 3 + 2 * (int) (seed % 2) : 1 + (int) (seed / 4 % 7);
		int initial = count / 2 + 1 + (isTight ? 0 : (int) (seed / 4 % (count - count / 2)));
		FormationWorld world = new FormationWorld(seed, count, initial);
		int trouble = 20 + world.random.nextInt(100);
		for (int i = 0; i < trouble; i++) {
			world.step();
		}
		world.calm();
		// The latest of the late messages, and some rounds.
		for (int i = 0; i < 90; i++) {
			world.step();
		}
		if (world.clusters.size() != 1) {
			throw new AssertionError("clusters formed: " + world.clusters);
		}
		world.nodes.forEach((node) -> {
			if (!world.clusters.contains(node.record.clusterId())) {
				throw new AssertionError(node.id + " is in no cluster: " + node.record);
			}
		});
	}

}
