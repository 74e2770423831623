package io.kraft.engine.simulation;

import java.time.Duration;

import io.kraft.engine.reliability.Proves;
import org.junit.jupiter.api.Test;

/**
 * Seeds of random workflows, operators, faults of the disk and kills.
 * <p>
 * {@code -Dkraft.test.seed=…} plays one of them, {@code -Dkraft.test.seeds=…} another
 * number of them, from {@code -Dkraft.test.first-seed=…} on; without these, as many as
 * fit into 45 seconds. {@code -Dkraft.test.tolerated=…} names kinds of violations that
 * are known, to look for others behind them.
 */
class SimulationTests {

	@Proves(fault = "Random workflows, operators, kills and faults of the disk, from one seed",
			promise = "No invariant breaks, after any event")
	@Test
	void noSeedBreaksAnInvariant() throws Exception {
		new PlayedSeeds(Plan::of).check(Duration.ofSeconds(45));
	}

}
