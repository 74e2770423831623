package io.kraft.cluster.membership;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clusters of up to 50 members from seeds. {@code -Dkraft.test.seeds} tries more of them,
 * {@code -Dkraft.test.seed} begins elsewhere.
 */
class SwimSimulationTests {

	private static final int SEEDS = Integer.getInteger("kraft.test.seeds", 20);

	private static final long FIRST = Long.getLong("kraft.test.seed", 1);

	@Test
	void whateverHappensAllMembersSeeEachOtherAfterwards() {
		for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
			long current = seed;
			int count = 2 + (int) (seed % 11);
			named("anything", seed, () -> SwimScenarios.anything(current, count));
		}
	}

	@ParameterizedTest
	@ValueSource(longs = 1)
	void fiftyMembersSeeEachOtherAfterwards(long seed) {
		named("fifty", seed, () -> SwimScenarios.anything(seed, 50));
	}

	@Test
	void noMemberThatRunsIsDeclaredDead() {
		for (long seed = FIRST; seed < FIRST + SEEDS / 4; seed++) {
			long current = seed;
			int count = 4 + (int) (seed * 5 % 27);
			named("accuracy", seed, () -> SwimScenarios.accuracy(current, count));
		}
		named("accuracy of fifty", 1, () -> SwimScenarios.accuracy(1, 50));
	}

	@Test
	void theSidesOfASplitFindEachOtherWithoutSeeds() {
		for (long seed = FIRST; seed < FIRST + SEEDS / 4; seed++) {
			long current = seed;
			int count = 2 + (int) (seed * 3 % 12);
			named("split", seed, () -> SwimScenarios.split(current, count));
		}
	}

	@Test
	void eachMemberThatEndsIsNoticedByAll() {
		for (long seed = FIRST; seed < FIRST + SEEDS / 4; seed++) {
			long current = seed;
			int count = 3 + (int) (seed * 7 % 20);
			named("completeness", seed, () -> SwimScenarios.completeness(current, count));
		}
		named("completeness of fifty", 1, () -> SwimScenarios.completeness(1, 50));
	}

	private static void named(String scenario, long seed, Runnable run) {
		try {
			run.run();
		}
		catch (Throwable ex) {
			throw new AssertionError(scenario + " with seed " + seed, ex);
		}
	}

}
