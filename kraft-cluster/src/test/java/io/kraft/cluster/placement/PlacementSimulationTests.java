package io.kraft.cluster.placement;

import java.util.function.LongConsumer;

import org.junit.jupiter.api.Test;

/**
 * Joins, deaths, flapping, drains and growth from seeds: moves are bounded, come to an
 * end, and never cost a majority. {@code -Dkraft.test.seeds} tries more of them.
 */
class PlacementSimulationTests {

	private static final int SEEDS = Integer.getInteger("kraft.test.seeds", 16);

	private static final long FIRST = Long.getLong("kraft.test.seed", 1);

	@Test
	void whateverHappensReplicasAreWhereTheyBelongAfterwards() {
		each(SEEDS, (seed) -> PlacementScenarios.anything(seed, 60));
	}

	@Test
	void aClusterGrowsFromOneToThreeToFiveAndBack() {
		each(SEEDS / 4, PlacementScenarios::growth);
	}

	@Test
	void aNodeThatComesAndGoesMovesNothing() {
		each(SEEDS / 4, PlacementScenarios::flapping);
	}

	@Test
	void whatADeadNodeHadIsReplacedAfterTheTimeOutsAndNotBefore() {
		each(SEEDS / 4, PlacementScenarios::death);
	}

	@Test
	void aFailedReplicaIsReplacedAndADrainedNodeLeadsNothing() {
		each(SEEDS / 4, PlacementScenarios::failedReplica);
	}

	private static void each(int seeds, LongConsumer scenario) {
		for (long seed = FIRST; seed < FIRST + seeds; seed++) {
			try {
				scenario.accept(seed);
			}
			catch (Throwable ex) {
				throw new AssertionError("seed " + seed, ex);
			}
		}
	}

}
