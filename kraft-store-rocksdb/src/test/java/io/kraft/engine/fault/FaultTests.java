package io.kraft.engine.fault;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.kraft.engine.reliability.Proves;
import io.kraft.engine.reliability.Tally;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Real faults, each of a real process with a real RocksDB that syncs. Afterwards the
 * store is checked, and an engine lets everything end. {@code -Dkraft.test.faults=…} says
 * how many of them, of all kinds together.
 */
@Proves(fault = "A process is killed, terminated or suspended, its clock is set, its heap filled, its disk full or no longer writable",
		promise = "It continues or refuses with a code; after the next start everything acknowledged holds, and the store is sound")
@SuppressWarnings("try") // A test that is interrupted ends.
class FaultTests {

	private static final int FAULTS = Integer.getInteger("kraft.test.faults", Fault.values().length);

	private static final long SEED = Long.getLong("kraft.test.seed", 42);

	@ParameterizedTest(name = "{0}, seed {1}")
	@MethodSource("faults")
	void whateverBefallsAProcessNothingAcknowledgedIsLost(Fault fault, long seed,
			@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path directory) throws Exception {
		Random random = new Random(seed);
		fault.inPlace(directory, (data) -> {
			Notes notes;
			try (Child child = Child.start(directory, data, "life")) {
				notes = child.notes();
				child.awaitNote("ready");
				child.awaitProgress(10);
				child.waitFor(Duration.ofMillis(random.nextInt(300)));
				fault.befall(child, random);
			}
			Recovery.check(data, notes);
			Tally.report(1, "faults");
			Tally.report(notes.count("started"), "runs");
			if (!fault.showsTimersEarly()) {
				assertThat(notes.of("early")).as("timers that fired early").isEmpty();
			}
		});
	}

	static Stream<Arguments> faults() {
		int rounds = Math.ceilDiv(FAULTS, Fault.values().length);
		return Arrays.stream(Fault.values())
			.flatMap((fault) -> IntStream.range(0, rounds).mapToObj((round) -> Arguments.of(fault, SEED + round)));
	}

}
