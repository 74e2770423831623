package io.kraft.engine.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowDescription;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.EngineHealth;
import io.kraft.engine.KraftEngine;
import io.kraft.engine.reliability.Proves;
import io.kraft.engine.reliability.Tally;
import io.kraft.workflow.KraftException;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Bytes that change in what a killed process has left. The engine refuses to start, or
 * stops, or pauses runs; it never answers anything wrong, and loses nothing silently.
 */
@Proves(fault = "A byte of a log or table file changes",
		promise = "A damaged log is refused by its name; a damaged table never leads to a wrong answer or a silent loss")
@SuppressWarnings("try") // A test that is interrupted ends.
class DamagedFileTests {

	private static final int BYTES = Math.max(3, Integer.getInteger("kraft.test.faults", 0) / 10);

	@TempDir(cleanup = CleanupMode.ON_SUCCESS)
	Path directory;

	@ParameterizedTest(name = "seed {0}")
	@MethodSource("seeds")
	void aByteThatChangesInALogOrTableIsNotOverlooked(long seed) throws Exception {
		Random random = new Random(seed);
		Path data = this.directory.resolve("data");
		// The start of the second one writes the logs of the first one to tables.
		Notes notes = liveAndDie(data, "first");
		liveAndDie(data, "second");
		for (String kind : List.of(".log", ".sst")) {
			List<Path> files = files(data, kind);
			assertThat(files).as("files *%s", kind).isNotEmpty();
			for (int i = 0; i < BYTES; i++) {
				Path copy = this.directory.resolve("copy" + kind + i);
				Command.run("cp", "-r", data.toString(), copy.toString());
				Path file = files.get(random.nextInt(files.size()));
				Path damaged = copy.resolve(data.relativize(file));
				flip(damaged, random);
				Tally.report(1, "changed bytes");
				if (kind.equals(".log")) {
					Refusal.check(copy, notes, "KRAFT-4003", damaged.getFileName().toString());
				}
				else {
					checkNothingWrong(copy, damaged, notes);
				}
			}
		}
		Recovery.check(data, notes);
	}

	private Notes liveAndDie(Path data, String life) throws Exception {
		try (Child child = Child.start(this.directory, data, life)) {
			child.awaitProgress(30);
			Fault.KILLED.befall(child, new Random(0));
			return child.notes();
		}
	}

	static Stream<Long> seeds() {
		return Stream.of(Long.getLong("kraft.test.seed", 42));
	}

	private static List<Path> files(Path data, String kind) throws IOException {
		try (Stream<Path> files = Files.list(data.resolve("db"))) {
			return files.filter((file) -> file.getFileName().toString().endsWith(kind))
				.filter((file) -> file.toFile().length() > 0)
				.sorted()
				.toList();
		}
	}

	/**
	 * Not in the last record, of which a kill may leave a part, nor in what is not
	 * written yet.
	 */
	private static void flip(Path file, Random random) throws IOException {
		byte[] bytes = Files.readAllBytes(file);
		int written = IntStream.iterate(bytes.length, (end) -> end > 0 && bytes[end - 1] == 0, (end) -> end - 1)
			.min()
			.orElse(bytes.length);
		bytes[random.nextInt(Math.max(1,
				file.toString().endsWith(".log") ? written / 2 : written))] ^= (byte) (1 << random.nextInt(8));
		Files.write(file, bytes);
	}

	/** What is acknowledged is there, or somebody says why not. */
	private static void checkNothingWrong(Path data, Path damaged, Notes notes) {
		// What it does is done to a copy.
		Notes own = new Notes(data.resolveSibling("notes-" + data.getFileName()));
		KraftEngine engine = Orders.engine(data, "damaged", own, InstantSource.system(), Hostility.FIXED);
		try {
			engine.start();
			WorkflowClient client = engine.client();
			for (List<String> started : notes.of("started")) {
				checkRun(client, started.get(1));
			}
		}
		catch (KraftException ex) {
			assertThat(ex).hasMessageContaining("KRAFT-");
			assertThat(ex.getMessage() + ex.getCause()).as("names what is damaged")
				.contains(damaged.getFileName().toString());
		}
		finally {
			EngineHealth health = engine.health();
			engine.stop();
			assertThat(health.cause().filter((cause) -> !cause.getMessage().contains("KRAFT-4"))).isEmpty();
		}
	}

	private static void checkRun(WorkflowClient client, String id) {
		WorkflowDescription run = client.handle(id).describe();
		if (run.status() != WorkflowStatus.PAUSED) {
			String end = client.handle(id)
				.resultAsync()
				.handle((result, failure) -> (failure == null) ? String.valueOf(result) : failure.toString())
				.completeOnTimeout("open", 2, TimeUnit.SECONDS)
				.join();
			assertThat(end).matches((text) -> text.equals("open") || text.contains("KRAFT-") || Orders.isRight(text));
		}
	}

}
