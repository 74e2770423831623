package io.kraft.engine.fault;

import java.nio.file.Path;
import java.time.Duration;

import io.kraft.engine.reliability.Proves;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Code that does what no code should harms its own run only, and holds up no stop.
 */
@Proves(fault = "A step never returns; code loops without durable calls, throws errors, recurses without end",
		promise = "Other runs continue, the engine stops in time, and the run continues once it is fixed")
@SuppressWarnings("try") // A test that is interrupted ends.
class HostileCodeTests {

	@ParameterizedTest
	@EnumSource
	void othersContinueAndTheEngineStopsInTime(HostileCode code,
			@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path directory) throws Exception {
		Path data = directory.resolve("data");
		Notes notes;
		try (Child child = Child.start(directory, data, "life")) {
			notes = child.notes();
			child.awaitNote("ready");
			child.command("attack " + code);
			child.awaitNote("attacked");
			child.awaitStarted();
			child.awaitProgress(20);
			child.awaitStatus(code.name(), code.deployed());
			assertThat(child.health().get(1)).isEqualTo("RUNNING");

			// Twice the grace period, and what a busy machine takes.
			assertThat(child.stop()).isLessThan(Orders.GRACE.multipliedBy(2).plus(Duration.ofSeconds(5)));
		}
		Recovery.check(data, notes);
	}

}
