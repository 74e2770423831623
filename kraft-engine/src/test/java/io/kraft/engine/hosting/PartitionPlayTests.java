package io.kraft.engine.hosting;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

import io.kraft.engine.reliability.Proves;
import io.kraft.engine.reliability.Tally;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Seeds of runs that ask something of each other, while their partitions come and go.
 * <p>
 * {@code -Dkraft.test.seed=…} plays one of them, {@code -Dkraft.test.seeds=…} that many;
 * without these, as many as fit into 12 seconds.
 */
class PartitionPlayTests {

	private static final int FEW = 6;

	private static final int SEEDS = 1000;

	private static final Duration BUDGET = Duration.ofSeconds(12);

	@Proves(fault = "Partitions are released, abandoned, fail, and are taken again while runs ask something of each other",
			promise = "Everything ends as if nothing had happened, once")
	@Test
	void whateverBecomesOfPartitionsNothingIsLostOrDoneTwice() {
		Long seed = Long.getLong("kraft.test.seed");
		Integer seeds = Integer.getInteger("kraft.test.seeds");
		long end = System.nanoTime() + BUDGET.toNanos();
		List<String> violations = new ArrayList<>();
		int played = 0;
		for (long next : ((seed != null) ? LongStream.of(seed)
				: LongStream.rangeClosed(1, (seeds != null) ? seeds : SEEDS))
			.toArray()) {
			if (seeds != null || played < FEW || System.nanoTime() < end) {
				violations.addAll(PartitionPlay.play(next));
				played++;
			}
		}

		Tally.report(played, "seeds");
		assertThat(violations).as("of %s seeds", played).isEmpty();
	}

	/** For the faults that are planted. */
	@Test
	void aFewSeedsBreakNoPromise() {
		for (long seed = 1; seed <= FEW; seed++) {
			assertThat(PartitionPlay.play(seed)).isEmpty();
		}
	}

}
