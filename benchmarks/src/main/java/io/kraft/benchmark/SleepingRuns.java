package io.kraft.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

import io.kraft.client.StartOptions;
import io.kraft.engine.KraftEngine;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.workflow.WorkflowContext;
import org.jspecify.annotations.Nullable;

/**
 * What a crowd of sleeping runs costs: heap, disk, the time of a start of the engine and
 * of a new run among them; and how late the timers of some of them are.
 */
final class SleepingRuns {

	private static final String NAME = "sleeping";

	private static final int CALLERS = 256;

	private static final int NEW_RUNS = 500;

	private static final int PARKED = 1000;

	private static final int TIMERS = 200;

	private final InstantSource clock = InstantSource.system();

	private final StepDefinition step = Engines.step("step");

	private final Queue<Long> latenesses = new ConcurrentLinkedQueue<>();

	private final Settings settings;

	private final DataDirectories directories;

	private volatile @Nullable KraftEngine engine;

	SleepingRuns(Settings settings, DataDirectories directories) {
		this.settings = settings;
		this.directories = directories;
	}

	void print() {
		int runs = this.settings.sleepingRuns();
		Table.title(String.format(Locale.ROOT, "sleeping: %,d runs that sleep for a day, %,d of them kept in memory",
				runs, PARKED));
		Path directory = this.directories.create("sleeping");
		// The first start loads classes and the native library.
		startAbove(directory);
		fallAsleep(directory, runs);
		Table.row("disk", "%,.0f bytes a run", (double) bytes(directory) / runs);
		for (int repeat = 0; repeat < this.settings.repeats(); repeat++) {
			Path empty = this.directories.create("empty");
			double alone = print("without them", startAbove(empty));
			DataDirectories.delete(empty);
			Table.row("", "ratio of p50 %.2f", print("among them", startAbove(directory)) / alone);
		}
		printLateness(directory);
		DataDirectories.delete(directory);
	}

	private void fallAsleep(Path directory, int runs) {
		try (KraftEngine started = start(directory, false)) {
			long begin = System.nanoTime();
			new Callers(CALLERS).finish(new Starts(started, NAME, (int) Duration.ofDays(1).toSeconds()), runs);
			Starts.awaitQuiet(started);
			double seconds = (System.nanoTime() - begin) / 1e9;
			Table.row("falling asleep, no fsync", "%.1f s (%,.0f runs/s), heap %.1f MB", seconds, runs / seconds,
					Heap.usedBytes() / 1e6);
		}
	}

	private Started startAbove(Path directory) {
		long begin = System.nanoTime();
		try (KraftEngine started = start(directory, true)) {
			double millis = (System.nanoTime() - begin) / 1e6;
			Latencies latencies = new Latencies();
			for (int number = 0; number < NEW_RUNS; number++) {
				long from = System.nanoTime();
				started.client().start(NAME, StartOptions.defaults(), 0).result();
				latencies.add(System.nanoTime() - from);
			}
			return new Started(millis, new Measurement(latencies.sorted(), Duration.ZERO, Duration.ZERO),
					Heap.usedBytes());
		}
	}

	/** Answers the median of a new run's time, in milliseconds. */
	private static double print(String where, Started started) {
		Table.row(where, "started after %.0f ms, new run of one step: p50 %.2f ms, p99 %.2f ms, heap %.1f MB",
				started.millis(), started.newRuns().millis(0.5), started.newRuns().millis(0.99),
				started.heapBytes() / 1e6);
		return started.newRuns().millis(0.5);
	}

	private void printLateness(Path directory) {
		int seconds = this.settings.timerSeconds();
		try (KraftEngine started = start(directory, true)) {
			for (int number = 0; number < TIMERS; number++) {
				started.client().start(NAME, StartOptions.defaults(), seconds);
				Pause.millis(20);
			}
			while (this.latenesses.size() < TIMERS) {
				Pause.millis(20);
			}
		}
		Latencies late = new Latencies();
		this.latenesses.forEach(late::add);
		Measurement timers = new Measurement(late.sorted(), Duration.ZERO, Duration.ZERO);
		Table.row(String.format(Locale.ROOT, "timers of %d s among them", seconds),
				"late by min %.1f ms, p50 %.1f ms, p99 %.1f ms, max %.1f ms", timers.millis(0), timers.millis(0.5),
				timers.millis(0.99), timers.millis(1));
	}

	private KraftEngine start(Path directory, boolean sync) {
		KraftEngine started = Engines.above(directory, sync, Engines.workflow(NAME, this::sleepOrWork))
			.maxParkedWorkflows(PARKED)
			.build();
		this.engine = started;
		started.start();
		return started;
	}

	private int sleepOrWork(@Nullable Object[] arguments) throws Throwable {
		int seconds = (arguments[0] instanceof Integer number) ? number : 0;
		KraftEngine current = this.engine;
		if (seconds == 0 && current != null) {
			Engines.call(current, this.step, 0);
			return 0;
		}
		Instant due = WorkflowContext.current().now().plusSeconds(seconds);
		WorkflowContext.current().sleepUntil(due);
		this.latenesses.add(Duration.between(due, this.clock.instant()).toNanos());
		return seconds;
	}

	private static long bytes(Path directory) {
		try (Stream<Path> tree = Files.walk(directory)) {
			long bytes = 0;
			for (Path file : tree.filter(Files::isRegularFile).toList()) {
				bytes += file.toString().contains("native") ? 0 : Files.size(file);
			}
			return bytes;
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * An engine that has started.
	 */
	private record Started(double millis, Measurement newRuns, long heapBytes) {
	}

}
