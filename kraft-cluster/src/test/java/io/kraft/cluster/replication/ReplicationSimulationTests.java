package io.kraft.cluster.replication;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import static org.assertj.core.api.Assertions.assertThat;

class ReplicationSimulationTests {

	private static final int SEEDS = Integer.getInteger("kraft.test.seeds", 4000);

	private static final int EVENTS = 200;

	@Test
	void noPromiseIsBrokenWhateverHappens() {
		int acknowledged = 0;
		int stale = 0;
		int skipped = 0;
		int openings = 0;
		for (long seed = 1; seed <= SEEDS; seed++) {
			ReplicationFacts facts = new ReplicationSimulation(seed, ReplicationFault.NONE).run(EVENTS);
			assertThat(facts.violations()).as("seed %d", seed).isEmpty();
			acknowledged += facts.acknowledged().size();
			stale += facts.stale();
			skipped += facts.skipped();
			openings += facts.openings();
		}
		// Else it would prove nothing.
		assertThat(acknowledged).as("acknowledged steps").isGreaterThan(10 * SEEDS);
		assertThat(openings).as("ownerships").isGreaterThan(3 * SEEDS);
		assertThat(stale).as("stale entries").isGreaterThan(SEEDS / 4);
		assertThat(skipped).as("entries that replicas had").isGreaterThan(SEEDS);
	}

	@ParameterizedTest(name = "{0}")
	@EnumSource(mode = Mode.EXCLUDE, names = "NONE")
	void aFaultIsNoticed(ReplicationFault fault) {
		long seed = 1;
		while (seed <= SEEDS && new ReplicationSimulation(seed, fault).run(EVENTS).violations().isEmpty()) {
			seed++;
		}
		assertThat(seed).as("the first seed that notices it").isLessThan(200);
	}

	@Test
	void aSeedGivesTheSameEveryTime() {
		ReplicationFacts first = new ReplicationSimulation(42, ReplicationFault.NONE).run(EVENTS);
		ReplicationFacts second = new ReplicationSimulation(42, ReplicationFault.NONE).run(EVENTS);

		assertThat(second.acknowledged().keySet()).isEqualTo(first.acknowledged().keySet());
		assertThat(second.openings()).isEqualTo(first.openings());
	}

}
