package io.kraft.engine.planted;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.kraft.engine.reliability.Proves;
import io.kraft.engine.reliability.Tally;
import io.kraft.engine.simulation.Faults;
import io.kraft.engine.simulation.Simulation;
import io.kraft.engine.simulation.Violation;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A fault that is planted is found by a few seeds of the simulation; without one the same
 * seeds break nothing. {@code -Dkraft.test.planted-seeds=…} says how many are tried.
 */
class PlantedFaultsTests {

	private static final int SEEDS = Integer.getInteger("kraft.test.planted-seeds", 25);

	@Proves(fault = "A fault is planted in the engine", promise = "The tests find it")
	@TestFactory
	Stream<DynamicTest> aPlantedFaultIsFound() {
		return Planted.all()
			.stream()
			.map((planted) -> DynamicTest.dynamicTest(planted.name(), () -> find(planted, Simulation::playCalm)));
	}

	@Proves(fault = "A fault is planted that only several partitions show", promise = "The tests find it")
	@TestFactory
	Stream<DynamicTest> aFaultOfPartitionsIsFound() {
		return PartitionPlants.all()
			.stream()
			.map((planted) -> DynamicTest.dynamicTest(planted.name(),
					() -> find(planted, Simulation::playCalmWithSeveral)));
	}

	/** Each seed on its own may well miss it. */
	private static void find(Planted planted, Play play) {
		List<String> others = new ArrayList<>();
		for (long seed = 1; seed <= SEEDS; seed++) {
			Optional<Violation> violation = play.play(seed, planted.faults().get());
			if (violation.filter((found) -> planted.kinds().contains(found.kind())).isPresent()) {
				Tally.report(1, "faults found");
				return;
			}
			violation.ifPresent((found) -> others.add(found.toString()));
		}
		assertThat(others).as("'%s' is not found by any of %s, but by", planted, planted.kinds()).containsOnly("it");
	}

	@Proves(fault = "No fault is planted", promise = "The same tests find none")
	@Test
	void withoutAFaultTheSameSeedsBreakNothing() {
		List<String> broken = new ArrayList<>();
		for (long seed = 1; seed <= SEEDS; seed++) {
			for (Play play : List.<Play>of(Simulation::playCalm, Simulation::playCalmWithSeveral)) {
				Optional<Violation> violation = play.play(seed, Faults.NONE);
				if (violation.isPresent()) {
					broken.add("seed " + seed + " " + violation.get());
				}
			}
		}

		Tally.report(SEEDS, "seeds");
		assertThat(broken).isEmpty();
	}

	private interface Play {

		Optional<Violation> play(long seed, Faults faults);

	}

}
