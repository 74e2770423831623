package io.kraft.partitions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The sample with four partitions on disks, killed in the middle of children across them.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class KilledPartitionsTests {

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	@TempDir
	private Path directory;

	@Test
	void childrenInOtherPartitionsAreFinishedHoweverOftenTheProcessIsKilled() throws Exception {
		for (int effects : new int[] { 1, 5, 11 }) {
			Process process = start(4);
			try {
				await().atMost(PATIENCE).until(() -> effects().size() >= effects || !process.isAlive());
				assertThat(process.isAlive()).as(this::log).isTrue();
			}
			finally {
				process.destroyForcibly().waitFor();
			}
		}

		assertThat(exitCode(start(4))).as(this::log).isZero();

		assertThat(log()).contains("all baskets are full");
		List<String> items = IntStream.range(0, KilledApplication.BASKETS)
			.mapToObj(KilledApplication::basket)
			.flatMap((basket) -> IntStream.range(0, KilledApplication.ITEMS)
				.mapToObj((number) -> KilledApplication.item(basket, number)))
			.toList();
		assertThat(effects())
			.containsExactlyInAnyOrderElementsOf(items.stream().map((item) -> "take " + item).toList());
		assertThat(this.directory.resolve("data/partition-3/db")).isDirectory();
	}

	@Test
	void anotherNumberIsRefusedByTheNextProcess() throws Exception {
		Process first = start(4);
		await().atMost(PATIENCE)
			.until(() -> Files.exists(this.directory.resolve("data/kraft.partitions")) || !first.isAlive());
		first.destroyForcibly().waitFor();

		assertThat(exitCode(start(2))).isEqualTo(1);

		assertThat(log()).contains("APPLICATION FAILED TO START")
			.contains("was made with kraft.engine.partitions=4, but it is 2 now");
	}

	private Process start(int partitions) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m",
						"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED", "-cp",
						System.getProperty("java.class.path"), KilledApplication.class.getName()));
		command.addAll(List.of("--spring.main.web-application-type=none", "--kraft.engine.partitions=" + partitions,
				"--kraft.storage.path=" + this.directory.resolve("data"), "--sample.effects-log=" + effectsLog()));
		return new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()))
			.start();
	}

	private static int exitCode(Process process) throws InterruptedException {
		try {
			return process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) ? process.exitValue() : -1;
		}
		finally {
			process.destroyForcibly();
		}
	}

	/** Without the keys of the steps; a line that is being written is not read. */
	private List<String> effects() throws IOException {
		if (!Files.exists(effectsLog())) {
			return List.of();
		}
		try (Stream<String> lines = Files.lines(effectsLog())) {
			return lines.map((line) -> line.split(" ", 2))
				.filter((parts) -> parts.length == 2)
				.map((parts) -> parts[1])
				.toList();
		}
	}

	private Path effectsLog() {
		return this.directory.resolve("effects.log");
	}

	private Path logFile() {
		return this.directory.resolve("log.txt");
	}

	private String log() {
		try {
			return Files.readString(logFile());
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

}
