package io.kraft.engine.fault;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowHandle;
import io.kraft.engine.EngineHealth;
import io.kraft.engine.KraftEngine;
import io.kraft.engine.routing.PartitionMap;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * A process that starts orders without end and does what its input says: {@code clock}
 * and milliseconds to set the clock by, {@code attack} and a {@link HostileCode},
 * {@code fill} and milliseconds for which the heap is filled, {@code health},
 * {@code status} and a run, {@code probe} of each partition, {@code stop}. It ends with
 * its input. Arguments: the data directory, the file of notes, the name of this life, the
 * number of partitions.
 */
final class FaultyProcess {

	private static final int STARTERS = 2;

	private final String life;

	private final int partitions;

	private final Notes notes;

	private final AtomicLong offset = new AtomicLong();

	private final KraftEngine engine;

	/** How many orders may be under way. */
	private final Semaphore room = new Semaphore(24);

	private volatile boolean starved;

	private FaultyProcess(Path data, Path notes, String life, int partitions) {
		this.life = life;
		this.partitions = partitions;
		this.notes = new Notes(notes);
		this.engine = Orders.engine(data, partitions, life, this.notes,
				() -> Instant.now().plusMillis(this.offset.get()), Hostility.DEPLOYED);
	}

	public static void main(String[] arguments) throws Exception {
		FaultyProcess process = new FaultyProcess(Path.of(arguments[0]), Path.of(arguments[1]), arguments[2],
				Integer.parseInt(arguments[3]));
		process.engine.start();
		process.notes.add("ready", process.life);
		for (int starter = 0; starter < STARTERS; starter++) {
			String name = process.life + "-" + starter;
			Thread.ofPlatform().daemon().start(() -> process.startWithoutEnd(name));
		}
		process.obey();
		Runtime.getRuntime().halt(0);
	}

	private void startWithoutEnd(String name) {
		for (int number = 0; this.engine.health().state() == EngineHealth.State.RUNNING; number++) {
			try {
				this.room.acquire();
				start(name + "-" + number);
			}
			catch (Throwable ex) {
				this.room.release();
				examine(ex);
			}
		}
	}

	private void start(String id) {
		WorkflowHandle<?> run = this.engine.client().start(Orders.NAME, StartOptions.defaults().id(id));
		this.notes.add("started", id);
		run.resultAsync().whenComplete((result, failure) -> {
			this.room.release();
			if (failure == null) {
				this.notes.add("ended", id, String.valueOf(result));
			}
			else {
				examine(failure);
			}
		});
		this.engine.client().signal(id, "paid", "card", "payment");
		this.notes.add("signalled", id);
	}

	/** Nothing may fail but for want of an engine, or of memory. */
	private void examine(Throwable failure) {
		boolean down = this.engine.health().state() != EngineHealth.State.RUNNING;
		if (!down && !this.starved) {
			this.notes.add("wrong", failure.toString().replace('\n', ' '));
		}
	}

	private void obey() throws IOException, InterruptedException {
		BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		for (@Nullable
		String line = commands.readLine(); line != null; line = commands.readLine()) {
			String[] words = line.split(" ", -1);
			switch (words[0]) {
				case "clock" -> {
					this.offset.addAndGet(Long.parseLong(words[1]));
					this.notes.add("clock", words[1]);
				}
				case "attack" -> {
					this.engine.client()
						.start(Hostility.NAME, StartOptions.defaults().id(words[1]), (@Nullable Object) words[1]);
					this.notes.add("attacked", words[1]);
				}
				case "fill" -> fillHeap(Duration.ofMillis(Long.parseLong(words[1])));
				case "health" -> reportHealth();
				case "probe" -> {
					for (int number = 0; number < this.partitions; number++) {
						probe(number);
					}
				}
				case "status" -> this.notes.add("status", this.engine.client().handle(words[1]).status().name());
				case "stop" -> {
					long begun = System.nanoTime();
					this.engine.stop();
					this.notes.add("stopped", Long.toString(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun)));
					return;
				}
				default -> throw new IllegalArgumentException(line);
			}
		}
	}

	/** Notes whether a partition is up, and what becomes of an order there. */
	private void probe(int partition) {
		boolean isUp = this.engine.partitions()
			.stream()
			.anyMatch((health) -> health.number() == partition && health.cause().isEmpty());
		PartitionMap map = new PartitionMap(this.partitions);
		String id = Orders.PROBE;
		while (map.of(id) != partition) {
			id += "-";
		}
		String end;
		try {
			WorkflowHandle<?> run = this.engine.client().start(Orders.NAME, StartOptions.defaults().id(id));
			this.notes.add("started", id);
			this.engine.client().signal(id, "paid", "card", "payment");
			this.notes.add("signalled", id);
			run.resultAsync().get(20, TimeUnit.SECONDS);
			end = "works";
		}
		catch (TimeoutException ex) {
			end = "hangs";
		}
		catch (Throwable ex) {
			Throwable cause = (ex instanceof ExecutionException && ex.getCause() != null) ? ex.getCause() : ex;
			end = (cause instanceof KraftException) ? "refuses" : "throws";
		}
		this.notes.add("probed", Integer.toString(partition), isUp ? "up" : "down", end);
	}

	private void reportHealth() {
		EngineHealth health = this.engine.health();
		this.notes.add("health", health.state().name(),
				health.cause().map((cause) -> cause.toString().replaceAll("\\s", "_")).orElse("-"));
	}

	@SuppressWarnings("ModifiedButNotUsed") // It is there to fill the heap.
	private void fillHeap(Duration duration) throws InterruptedException {
		this.starved = true;
		long end = System.nanoTime() + duration.toNanos();
		List<byte[]> kept = new ArrayList<>(100_000);
		while (System.nanoTime() < end) {
			try {
				kept.add(new byte[8 * 1024]);
			}
			catch (OutOfMemoryError ex) {
				Thread.onSpinWait();
			}
		}
		kept.clear();
		// What found no memory may still be about to say so.
		TimeUnit.MILLISECONDS.sleep(500);
		this.notes.add("filled", this.life);
	}

}
