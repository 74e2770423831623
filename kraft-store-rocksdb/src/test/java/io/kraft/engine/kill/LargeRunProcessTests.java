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
 * A run whose journal is larger than the heap does not keep the engine from starting.
 */
class LargeRunProcessTests {

	@TempDir
	private Path directory;

	@Test
	@Timeout(value = 150, unit = TimeUnit.SECONDS)
	void aRunThatIsLargerThanTheHeapIsPausedAndTheOthersGoOn() throws Exception {
		run("make", "-Xmx384m");

		String said = run("go-on", "-Xmx64m");

		assertThat(said.lines()).contains("small: s", "health: RUNNING")
			.anyMatch((line) -> line.startsWith("large: KRAFT-1012"));
	}

	private String run(String what, String heap) throws IOException, InterruptedException {
		Path out = this.directory.resolve(what);
		Process process = ChildProcess
			.of(List.of(heap), LargeRunProcess.class, this.directory.resolve("store").toString(), what)
			.redirectErrorStream(true)
			.redirectOutput(out.toFile())
			.start();
		try {
			assertThat(process.waitFor(70, TimeUnit.SECONDS)).as("it ends").isTrue();
			return Files.readString(out);
		}
		finally {
			process.destroyForcibly().onExit().join();
		}
	}

}
