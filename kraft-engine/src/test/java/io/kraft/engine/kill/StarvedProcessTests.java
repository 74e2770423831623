package io.kraft.engine.kill;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that fills its heap leaves no zombie behind.
 */
class StarvedProcessTests {

	@Test
	@Timeout(value = 180, unit = TimeUnit.SECONDS)
	void anEngineWhoseMemoryRanOutWorksAgainOrRefuses(@TempDir Path directory) throws Exception {
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"--enable-native-access=ALL-UNNAMED", "-Xmx96m", "-XX:+UseSerialGC", "-cp",
				System.getProperty("java.class.path"), StarvedProcess.class.getName(),
				directory.resolve("store").toString())
			.redirectError(directory.resolve("err").toFile())
			.redirectOutput(directory.resolve("out").toFile())
			.start();
		try {
			assertThat(process.waitFor(150, TimeUnit.SECONDS)).as("it ends").isTrue();

			String said = java.nio.file.Files.readString(directory.resolve("out"), StandardCharsets.UTF_8);
			assertThat(said.lines().filter((line) -> line.matches("works|refuses|stopped|hangs.*|throws.*"))).hasSize(2)
				.first()
				.isIn("works", "refuses");
		}
		finally {
			process.destroyForcibly().onExit().join();
		}
	}

}
