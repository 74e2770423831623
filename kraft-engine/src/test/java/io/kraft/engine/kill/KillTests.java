package io.kraft.engine.kill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.kraft.client.Page;
import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowDescription;
import io.kraft.client.WorkflowQuery;
import io.kraft.client.WorkflowStatus;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A process under load is killed at many random moments; at last it is left alone, and
 * must end as if nothing had happened. {@code -Dkraft.test.kills} sets how often.
 */
class KillTests {

	private static final int KILLS = Integer.getInteger("kraft.test.kills", 25);

	@TempDir
	Path directory;

	@ParameterizedTest(name = "seed {0}")
	@ValueSource(longs = 42)
	void nothingAcknowledgedIsLostAndNothingRecordedIsDoneAgain(long seed) throws Exception {
		Random chance = new Random(seed);
		for (int life = 1; life <= KILLS; life++) {
			killOnce("life" + life, chance);
		}

		Map<String, WorkflowDescription> runs = new HashMap<>();
		Map<String, Object> results = new HashMap<>();
		drain(runs, results);

		assertThat(Lines.read(Workload.faults(this.directory))).as("what the processes found wrong").isEmpty();
		assertThat(runs.keySet()).as("runs").containsAll(Lines.read(Workload.acknowledged(this.directory)));
		assertThat(runs.values()).extracting(WorkflowDescription::status).containsOnly(WorkflowStatus.COMPLETED);
		assertThat(runs.values()).as("results: %s", results)
			.allMatch((run) -> Workload.isRight(run.name(), results.get(run.id())));
		checkEffects(runs, results);
		assertThat(runs).as("enough load to mean something").hasSizeGreaterThan(10 * KILLS);
	}

	/** One in five is killed while it opens its store and recovers. */
	private void killOnce(String life, Random chance) throws Exception {
		boolean opening = chance.nextInt(5) == 0;
		int delayMillis = opening ? chance.nextInt(300) : 100 + chance.nextInt(500);
		Path sign = KilledProcess.sign(this.directory, life, opening ? "opening" : "ready");
		Path log = this.directory.resolve("log-" + life);
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED", "-cp",
				System.getProperty("java.class.path"), KilledProcess.class.getName(), this.directory.toString(), life,
				Long.toString(chance.nextLong()))
			.redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.start();
		try {
			await().atMost(Duration.ofMinutes(1))
				.pollInterval(Duration.ofMillis(5))
				.until(() -> Files.exists(sign) || !process.isAlive());
			boolean diedByItself = process.waitFor(delayMillis, TimeUnit.MILLISECONDS);
			assertThat(diedByItself).as(() -> "died by itself: " + read(log)).isFalse();
		}
		finally {
			process.destroyForcibly().waitFor();
		}
	}

	private void drain(Map<String, WorkflowDescription> runs, Map<String, Object> results) {
		Workload workload = new Workload(this.directory, "drain", 10_000, 10_000);
		try (var engine = workload.engine()) {
			engine.start();
			WorkflowClient client = engine.client();
			for (WorkflowDescription run : all(client)) {
				results.put(run.id(), client.handle(run.id()).result(Duration.ofSeconds(30)));
			}
			all(client).forEach((run) -> runs.put(run.id(), run));
		}
	}

	private static List<WorkflowDescription> all(WorkflowClient client) {
		List<WorkflowDescription> all = new ArrayList<>();
		WorkflowQuery query = WorkflowQuery.all().limit(1000);
		Page<WorkflowDescription> page = client.list(query);
		all.addAll(page.items());
		while (page.nextCursor().isPresent()) {
			page = client.list(query.cursor(page.nextCursor().get()));
			all.addAll(page.items());
		}
		return all;
	}

	private void checkEffects(Map<String, WorkflowDescription> runs, Map<String, Object> results) throws IOException {
		List<Effect> effects = Lines.read(Workload.effects(this.directory)).stream().map(Effect::parse).toList();
		Map<String, Integer> furthest = new HashMap<>();
		Map<String, String> keys = new HashMap<>();
		Set<String> entered = new HashSet<>();
		for (Effect effect : effects) {
			assertThat(runs).as("the run of %s", effect).containsKey(effect.run());
			assertThat(furthest.merge(effect.run(), effect.ordinal(), Math::max))
				.as("the furthest step of its run, at %s", effect)
				.isEqualTo(effect.ordinal());
			assertThat(keys.computeIfAbsent(effect.step(), (step) -> effect.key())).as("the key, at %s", effect)
				.isEqualTo(effect.key());
			assertThat(entered.add(effect.life() + " " + effect.step() + " " + effect.attempt()))
				.as("entered once in its life, %s", effect)
				.isTrue();
		}
		checkComplete(effects, runs, results);
	}

	private static void checkComplete(List<Effect> effects, Map<String, WorkflowDescription> runs,
			Map<String, Object> results) {
		Map<String, List<Effect>> bySteps = effects.stream().collect(Collectors.groupingBy(Effect::step));
		for (WorkflowDescription run : runs.values()) {
			boolean unknown = String.valueOf(results.get(run.id())).contains("unknown");
			for (int ordinal = 1; ordinal <= Workload.steps(run.name()); ordinal++) {
				boolean atMostOnce = run.name().equals("everything") && ordinal == 2;
				int times = bySteps.getOrDefault(run.id() + " " + ordinal, List.of()).size();
				assertThat(times).as("entries of step %s of %s", ordinal, run.id())
					.isBetween((atMostOnce && unknown) ? 0 : 1, atMostOnce ? 1 : Integer.MAX_VALUE);
			}
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
