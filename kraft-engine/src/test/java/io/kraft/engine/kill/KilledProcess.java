package io.kraft.engine.kill;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.Semaphore;

import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowHandle;

/**
 * The process that is killed: goes on with what it finds, and starts runs without end,
 * each written down when its start was acknowledged. Arguments: the directory, the number
 * of its life, a seed.
 */
final class KilledProcess {

	private static final int STARTERS = 8;

	private final Path directory;

	private final String life;

	private final Workload workload;

	private final Lines acknowledged;

	private final Lines faults;

	/** How many runs of this life may be under way. */
	private final Semaphore room = new Semaphore(64);

	private KilledProcess(Path directory, String life, Random chance) {
		this.directory = directory;
		this.life = life;
		this.workload = new Workload(directory, life, chance.nextBoolean() ? 8 : 10_000,
				chance.nextBoolean() ? 0 : 10_000);
		this.acknowledged = new Lines(Workload.acknowledged(directory));
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
		for (int starter = 0; starter < STARTERS; starter++) {
			Random chance = new Random(seed + starter);
			Thread.ofPlatform().name("starter-" + starter).start(() -> startWithoutEnd(chance));
		}
	}

	private void startWithoutEnd(Random chance) {
		try {
			for (int number = 0;; number++) {
				this.room.acquire();
				String name = Workload.WORKFLOWS.get(chance.nextInt(Workload.WORKFLOWS.size()));
				String id = name + "-" + this.life + "-" + Thread.currentThread().getName() + "-" + number;
				start(name, id);
				if (chance.nextInt(8) == 0) {
					this.room.acquire();
					start(name, id);
				}
			}
		}
		catch (Throwable ex) {
			this.faults.append(this.life + " start failed: " + ex);
		}
	}

	private void start(String name, String id) {
		WorkflowClient client = this.workload.engine().client();
		WorkflowHandle<?> run = client.start(name, StartOptions.defaults().id(id));
		this.acknowledged.append(id);
		var unused = run.resultAsync().whenComplete((result, failure) -> {
			if (failure != null || !Workload.isRight(name, result)) {
				this.faults.append(this.life + " " + id + ": " + result + " " + failure);
			}
			this.room.release();
		});
	}

}
