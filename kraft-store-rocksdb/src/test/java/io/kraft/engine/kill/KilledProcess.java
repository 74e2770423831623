package io.kraft.engine.kill;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowDescription;
import io.kraft.client.WorkflowHandle;

/**
 * The process that is killed: goes on with what it finds, and starts runs without end,
 * each written down when its start was acknowledged, and gives them what they need.
 * Arguments: the directory, the number of its life, a seed.
 */
final class KilledProcess {

	private static final int STARTERS = 8;

	private final Path directory;

	private final String life;

	private final Workload workload;

	private final Lines acknowledged;

	private final Lines effects;

	private final Lines faults;

	/** How many runs of this life may be under way. */
	private final Semaphore room = new Semaphore(32);

	private KilledProcess(Path directory, String life, Random random) {
		this.directory = directory;
		this.life = life;
		this.workload = new Workload(directory, life, random.nextBoolean() ? 8 : 10_000,
				random.nextBoolean() ? 0 : 10_000);
		this.acknowledged = new Lines(Workload.acknowledged(directory));
		this.effects = new Lines(Workload.effects(directory));
		this.faults = new Lines(Workload.faults(directory));
	}

	public static void main(String[] arguments) throws Exception {
		long seed = Long.parseLong(arguments[2]);
		new KilledProcess(Path.of(arguments[0]), arguments[1], new Random(seed)).run(seed);
	}

	/**
	 * The file that appears when the process is about to open its store, or takes work.
	 */
	static Path sign(Path directory, String life, String state) {
		return directory.resolve(state + "-" + life);
	}

	private void run(long seed) throws Exception {
		Files.createFile(sign(this.directory, this.life, "opening"));
		this.workload.marks().add(Mark.Kind.STARTING, this.life);
		this.workload.engine().start();
		this.workload.marks().add(Mark.Kind.STARTED, this.life);
		Files.createFile(sign(this.directory, this.life, "ready"));
		WorkflowClient client = this.workload.engine().client();
		Errands errands = new Errands(client, this.workload.marks(), this.directory);
		for (WorkflowDescription run : Runs.all(client)) {
			if (!run.status().isTerminal()) {
				watch(run.name(), client.handle(run.id()));
			}
			if (errands.mayNeedMore(run)) {
				begin("errand for " + run.id(), () -> errands.run(run.name(), run.id(), new Random(seed)));
			}
		}
		begin("pauses", () -> errands.operator().restAgainAndAgain(Workload.RESTING, new Random(seed)));
		for (int starter = 0; starter < STARTERS; starter++) {
			Random random = new Random(seed + starter);
			Thread.ofPlatform().name("starter-" + starter).start(() -> startWithoutEnd(errands, random));
		}
	}

	private void startWithoutEnd(Errands errands, Random random) {
		try {
			for (int number = 0;; number++) {
				String name = this.workload.choose(random);
				String asked = name + "-" + this.life + "-" + Thread.currentThread().getName() + "-" + number;
				String id = start(name, asked);
				Random further = new Random(random.nextLong());
				begin("errand for " + id, () -> errands.run(name, id, further));
				if (random.nextInt(8) == 0 && Workload.mayStartAgain(name, asked)) {
					start(name, asked);
				}
			}
		}
		catch (Throwable ex) {
			this.faults.append(this.life + " start failed: " + ex);
		}
	}

	private String start(String name, String asked) throws InterruptedException {
		this.room.acquire();
		WorkflowHandle<?> run = this.workload.start(name, asked);
		this.acknowledged.append("start " + run.id());
		this.workload.marks().add(Mark.Kind.ACKNOWLEDGED, run.id());
		watch(name, run).whenComplete((end, failure) -> this.room.release());
		return run.id();
	}

	private CompletableFuture<String> watch(String name, WorkflowHandle<?> run) {
		return run.resultAsync().<String>handle(Workload::end).whenComplete((end, failure) -> {
			if (!Scenario.isMended(run.id())) {
				this.effects.append(Effect.end(this.life, run.id(), String.valueOf(end)).line());
			}
			if (failure != null || !this.workload.isRight(name, run.id(), end)) {
				this.faults.append(this.life + " " + run.id() + ": " + end + " " + failure);
			}
		});
	}

	private void begin(String what, Task task) {
		Thread.ofVirtual().start(() -> {
			try {
				task.run();
			}
			catch (Throwable ex) {
				this.faults.append(this.life + " " + what + " failed: " + ex);
			}
		});
	}

	/**
	 * What the process does besides starting runs.
	 */
	@FunctionalInterface
	private interface Task {

		void run() throws Exception;

	}

}
