package io.kraft.engine.kill;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

import io.kraft.client.StartOptions;
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

	private KilledProcess(Path directory, String life, Random chance) {
		this.directory = directory;
		this.life = life;
		this.workload = new Workload(directory, life, chance.nextBoolean() ? 8 : 10_000,
				chance.nextBoolean() ? 0 : 10_000);
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
		this.workload.engine().start();
		Files.createFile(sign(this.directory, this.life, "ready"));
		Errands errands = new Errands(this.workload.engine().client(), this.directory);
		Runs.open(this.workload.engine().client()).forEach((run) -> {
			watch(run.name(), this.workload.engine().client().handle(run.id()));
			begin(errands, run.name(), run.id(), new Random(seed));
		});
		for (int starter = 0; starter < STARTERS; starter++) {
			Random chance = new Random(seed + starter);
			Thread.ofPlatform().name("starter-" + starter).start(() -> startWithoutEnd(errands, chance));
		}
	}

	private void startWithoutEnd(Errands errands, Random chance) {
		try {
			for (int number = 0;; number++) {
				String name = Workload.STARTED.get(chance.nextInt(Workload.STARTED.size()));
				String id = name + "-" + this.life + "-" + Thread.currentThread().getName() + "-" + number;
				start(name, id);
				begin(errands, name, id, new Random(chance.nextLong()));
				if (chance.nextInt(8) == 0) {
					start(name, id);
				}
			}
		}
		catch (Throwable ex) {
			this.faults.append(this.life + " start failed: " + ex);
		}
	}

	private void start(String name, String id) throws InterruptedException {
		this.room.acquire();
		WorkflowHandle<?> run = this.workload.engine().client().start(name, StartOptions.defaults().id(id));
		this.acknowledged.append("start " + id);
		watch(name, run).whenComplete((end, failure) -> this.room.release());
	}

	private CompletableFuture<String> watch(String name, WorkflowHandle<?> run) {
		return run.resultAsync().<String>handle(Workload::end).whenComplete((end, failure) -> {
			this.effects.append(Effect.end(this.life, run.id(), String.valueOf(end)).line());
			if (failure != null || !this.workload.isRight(name, run.id(), end)) {
				this.faults.append(this.life + " " + run.id() + ": " + end + " " + failure);
			}
		});
	}

	private void begin(Errands errands, String name, String id, Random chance) {
		Thread.ofVirtual().start(() -> {
			try {
				errands.run(name, id, chance);
			}
			catch (Throwable ex) {
				this.faults.append(this.life + " errand for " + id + " failed: " + ex);
			}
		});
	}

}
