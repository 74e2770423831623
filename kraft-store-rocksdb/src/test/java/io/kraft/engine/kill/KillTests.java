package io.kraft.engine.kill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.LongStream;

import io.kraft.client.OperationView;
import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowDescription;
import io.kraft.engine.process.ChildProcess;
import io.kraft.engine.reliability.Proves;
import io.kraft.engine.reliability.Tally;
import io.kraft.engine.store.rocksdb.RocksDbDoctor;
import io.kraft.engine.store.rocksdb.RocksDbOptions;
import io.kraft.engine.testing.StoreCheck;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A process under load is killed at many random moments; at last it is left alone, and
 * must end as if nothing had happened. {@code -Dkraft.test.kills} sets how often, and
 * {@code -Dkraft.test.seed} another seed.
 */
class KillTests {

	private static final int KILLS = Integer.getInteger("kraft.test.kills", 25);

	private static final long SEED = Long.getLong("kraft.test.seed", 42);

	@TempDir(cleanup = CleanupMode.ON_SUCCESS)
	Path directory;

	@Proves(fault = "A process with all capabilities under load is killed with SIGKILL, again and again",
			promise = "Nothing acknowledged is lost, nothing recorded is done again, the store is sound after each kill")
	@ParameterizedTest(name = "seed {0}")
	@MethodSource("seeds")
	void nothingAcknowledgedIsLostAndNothingRecordedIsDoneAgain(long seed) throws Exception {
		Random random = new Random(seed);
		for (int life = 1; life <= KILLS; life++) {
			killOnce(life(life), random);
			checkStore();
		}

		Aftermath aftermath = drain();

		System.out.printf("%d kills with seed %d, %d runs: %s%n", KILLS, seed, aftermath.runs().size(),
				aftermath.summary());
		assertThat(Lines.read(Workload.faults(this.directory))).as("what the processes found wrong").isEmpty();
		aftermath.check();
		checkStore();
		Tally.report(KILLS, "kills");
		Tally.report(aftermath.runs().size(), "runs");
		assertThat(aftermath.runs()).as("enough load to mean something").hasSizeGreaterThan(5 * KILLS);
	}

	/** Whatever a kill leaves, nothing in it contradicts anything else. */
	private void checkStore() {
		Path data = this.directory.resolve("data");
		if (Files.exists(data.resolve("db").resolve("CURRENT"))) {
			StoreCheck.check(RocksDbDoctor.check(new RocksDbOptions(data, true), 50));
		}
	}

	static LongStream seeds() {
		return LongStream.of(SEED);
	}

	/** The code becomes newer twice. */
	private static String life(int number) {
		return "life" + number + "g" + Math.min(ChangeScenarios.GENERATIONS,
				1 + ChangeScenarios.GENERATIONS * (number - 1) / Math.max(1, KILLS));
	}

	/** One in five is killed while it opens its store and recovers. */
	private void killOnce(String life, Random random) throws Exception {
		boolean opening = random.nextInt(5) == 0;
		int delayMillis = opening ? random.nextInt(300) : 100 + random.nextInt(800);
		Path sign = KilledProcess.sign(this.directory, life, opening ? "opening" : "ready");
		Path log = this.directory.resolve("log-" + life);
		Process process = ChildProcess
			.of(List.of("-Xmx512m"), KilledProcess.class, this.directory.toString(), life,
					Long.toString(random.nextLong()))
			.redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.start();
		try {
			await().atMost(Duration.ofMinutes(1))
				.pollInterval(Duration.ofMillis(5))
				.until(() -> Files.exists(sign) || !process.isAlive());
			boolean diedByItself = process.waitFor(delayMillis, TimeUnit.MILLISECONDS);
			assertThat(diedByItself).as(() -> "died by itself: " + read(log) + read(Workload.faults(this.directory)))
				.isFalse();
		}
		finally {
			process.destroyForcibly().waitFor();
		}
	}

	private Aftermath drain() throws Exception {
		Workload workload = new Workload(this.directory, life(KILLS + 1), 10_000, 10_000);
		try (var engine = workload.engine(); var threads = Executors.newVirtualThreadPerTaskExecutor()) {
			workload.marks().add(Mark.Kind.STARTING, "drain");
			engine.start();
			workload.marks().add(Mark.Kind.STARTED, "drain");
			WorkflowClient client = engine.client();
			Errands errands = new Errands(client, workload.marks(), this.directory);
			errands.operator().resume(Workload.RESTING);
			List<Future<?>> done = new ArrayList<>();
			Runs.all(client).stream().filter(errands::mayNeedMore).forEach((run) -> done.add(threads.submit(() -> {
				errands.run(run.name(), run.id(), new Random(0));
				return null;
			})));
			endSchedules(client);
			awaitAll(done);
			Map<String, String> ends = awaitEnds(client);
			threads.shutdownNow();
			Map<String, WorkflowDescription> runs = new HashMap<>();
			Map<String, List<OperationView>> journals = new HashMap<>();
			for (WorkflowDescription run : Runs.all(client)) {
				runs.put(run.id(), run);
				journals.put(run.id(), client.operations(run.id()));
			}
			List<Effect> effects = Lines.read(Workload.effects(this.directory)).stream().map(Effect::parse).toList();
			return new Aftermath(workload, runs, ends, journals, effects, Marks.read(this.directory),
					Lines.read(Workload.acknowledged(this.directory)));
		}
	}

	/** Once all that was missed is caught up. */
	private static void endSchedules(WorkflowClient client) {
		Instant now = InstantSource.system().instant();
		await().atMost(Duration.ofMinutes(1))
			.until(() -> client.schedules()
				.stream()
				.allMatch((schedule) -> schedule.lastTick() != null && schedule.lastTick().isAfter(now)));
		client.schedules().forEach((schedule) -> client.pauseSchedule(schedule.name()));
	}

	/** What is not done in time is seen by how its run has ended. */
	private static void awaitAll(List<Future<?>> errands) throws Exception {
		long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
		for (Future<?> errand : errands) {
			try {
				errand.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
			}
			catch (TimeoutException ex) {
				errand.cancel(true);
			}
		}
	}

	/** Children may still be started; those that nobody waits for end later. */
	private static Map<String, String> awaitEnds(WorkflowClient client) {
		Map<String, String> ends = new HashMap<>();
		long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
		List<WorkflowDescription> left = Runs.all(client);
		while (!left.isEmpty()) {
			for (WorkflowDescription run : left) {
				Duration patience = Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
				ends.put(run.id(),
						client.handle(run.id())
							.resultAsync()
							.handle(Workload::end)
							.completeOnTimeout("not at all", patience.toMillis(), TimeUnit.MILLISECONDS)
							.join());
			}
			left = Runs.all(client).stream().filter((run) -> !ends.containsKey(run.id())).toList();
		}
		return ends;
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
