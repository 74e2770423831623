package io.kraft.engine.simulation;

import java.time.Duration;

import io.kraft.engine.reliability.Proves;
import org.junit.jupiter.api.Test;

/**
 * As {@link SimulationTests}, with two to four partitions, each on a disk of its own,
 * which are lost and taken again while the others continue: as many seeds as fit into 10
 * seconds.
 */
class PartitionSimulationTests {

	@Proves(fault = "Random workflows, operators, kills, faults of the disks, and losses of one partition among others, from one seed",
			promise = "No invariant breaks, after any event")
	@Test
	void noSeedBreaksAnInvariant() throws Exception {
		new PlayedSeeds(Plan::ofSeveral).check(Duration.ofSeconds(10));
	}

}
