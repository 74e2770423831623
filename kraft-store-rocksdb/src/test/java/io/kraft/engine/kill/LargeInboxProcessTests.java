package io.kraft.engine.kill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.kraft.engine.process.ChildProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs whose inboxes are larger than the heap do not keep the engine from starting, and
 * can be paused, cancelled, terminated, and continued.
 */
class LargeInboxProcessTests {

	@TempDir
	private Path directory;

	@Test
	@Timeout(value = 240, unit = TimeUnit.SECONDS)
	void runsWhoseInboxesAreLargerThanTheHeapContinueBesideTheOthers() throws Exception {
		run("fill", "-Xmx256m");

		String said = run("go-on", "-Xmx64m");

		assertThat(said.lines()).as(said)
			.contains("small: s 5", "refused: KRAFT-3012", "messages: 40", "continues: c 1900000", "health: RUNNING");
	}

	private String run(String what, String heap) throws IOException, InterruptedException {
		Path out = this.directory.resolve(what);
		Process process = ChildProcess
			.of(List.of(heap), LargeInboxProcess.class, this.directory.resolve("store").toString(), what)
			.redirectErrorStream(true)
			.redirectOutput(out.toFile())
			.start();
		try {
			assertThat(process.waitFor(110, TimeUnit.SECONDS)).as("it ends").isTrue();
			return Files.readString(out);
		}
		finally {
			process.destroyForcibly().onExit().join();
		}
	}

}
