package io.kraft.engine.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Seeds of random workflows, operators, faults and kills. {@code -Dkraft.test.seeds=…}
 * says how many, {@code -Dkraft.test.seed=…} which one.
 */
class SimulationTests {

	private static final int SEEDS = 400;

	@Test
	void noSeedBreaksAnInvariant() {
		Long seed = Long.getLong("kraft.test.seed");
		int seeds = Integer.getInteger("kraft.test.seeds", SEEDS);
		long first = Long.getLong("kraft.test.first-seed", 1);
		LongStream all = (seed != null) ? LongStream.of(seed) : LongStream.range(first, first + seeds);
		Map<String, List<Long>> broken = new TreeMap<>();
		List<String> stories = new ArrayList<>();

		all.forEach((each) -> {
			Plan plan = Plan.of(each);
			Simulation.Outcome outcome = Simulation.play(plan, Faults.NONE);
			outcome.violation().ifPresent((violation) -> {
				List<Long> sameKind = broken.computeIfAbsent(violation.kind(), (kind) -> new ArrayList<>());
				sameKind.add(each);
				if (sameKind.size() == 1) {
					stories.add(Minimizer.story(plan, outcome, Faults.NONE));
				}
			});
		});

		assertThat(stories).as("the seeds that break an invariant, %s", broken).isEmpty();
	}

}
