package io.kraft.engine.kill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.kraft.engine.process.ChildProcess;
import io.kraft.engine.reliability.Proves;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that fills its heap leaves no zombie behind.
 */
@Proves(fault = "An application fills its heap of 96 MB for six seconds, under load",
		promise = "The engine works afterwards, or has failed and refuses")
class StarvedProcessTests {

	@Test
	@Timeout(value = 180, unit = TimeUnit.SECONDS)
	void anEngineWhoseMemoryRanOutWorksAgainOrRefuses(@TempDir Path directory) throws Exception {
		Process process = ChildProcess
			.of(List.of("-Xmx96m"), StarvedProcess.class, directory.resolve("store").toString())
			.redirectError(directory.resolve("err").toFile())
			.redirectOutput(directory.resolve("out").toFile())
			.start();
		try {
			assertThat(process.waitFor(150, TimeUnit.SECONDS)).as("it ends").isTrue();

			String said = read(directory.resolve("out"));
			assertThat(said.lines().filter((line) -> line.matches("works|refuses|stopped|hangs.*|throws.*")))
				.as(() -> "what it reports: " + said + read(directory.resolve("err")))
				.hasSize(2)
				.first()
				.isIn("works", "refuses");
		}
		finally {
			process.destroyForcibly().onExit().join();
		}
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

}
