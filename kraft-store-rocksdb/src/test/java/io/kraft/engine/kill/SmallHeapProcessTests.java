package io.kraft.engine.kill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs that are within their bounds do not exhaust a small heap together, however many of
 * them somebody starts.
 */
class SmallHeapProcessTests {

	@TempDir
	private Path directory;

	@ParameterizedTest
	@CsvSource({ "arguments, completed: 60", "state, completed: 15", "tags, listed: 4000", "journal, journal: done" })
	@Timeout(value = 120, unit = TimeUnit.SECONDS)
	void runsThatAreLargerThanTheHeapTogetherContinue(String what, String last)
			throws IOException, InterruptedException {
		String said = run(what);

		assertThat(said.lines()).as(said)
			.contains(last, "probe: works", "health: RUNNING")
			.noneMatch((line) -> line.contains("OutOfMemoryError"));
	}

	private String run(String what) throws IOException, InterruptedException {
		Path out = this.directory.resolve(what);
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"--enable-native-access=ALL-UNNAMED", "-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp",
				System.getProperty("java.class.path"), SmallHeapProcess.class.getName(),
				this.directory.resolve("store").toString(), what)
			.redirectErrorStream(true)
			.redirectOutput(out.toFile())
			.start();
		try {
			assertThat(process.waitFor(100, TimeUnit.SECONDS)).as("it ends").isTrue();
			return Files.readString(out);
		}
		finally {
			process.destroyForcibly().onExit().join();
		}
	}

}
