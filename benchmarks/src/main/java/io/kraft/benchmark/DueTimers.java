package io.kraft.benchmark;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.kraft.engine.KraftEngine;
import io.kraft.workflow.WorkflowContext;
import org.jspecify.annotations.Nullable;

/**
 * Many runs whose timers are due within the same second, on disk: how long until all have
 * ended, next to as many runs that are started and end without a timer.
 */
final class DueTimers {

	private static final String NAME = "due";

	private static final int CALLERS = 256;

	private static final int STARTED_BEFORE_MILLIS = 3000;

	private final Instant dueFrom = Instant.now().plus(Duration.ofDays(1));

	private final Settings settings;

	private final DataDirectories directories;

	private final Queue<Woken> woken = new ConcurrentLinkedQueue<>();

	/**
	 * How far the clock of the engine is ahead, so that the benchmark need not wait for a
	 * day.
	 */
	private volatile Duration ahead = Duration.ZERO;

	private final InstantSource clock = () -> Instant.now().plus(this.ahead);

	DueTimers(Settings settings, DataDirectories directories) {
		this.settings = settings;
		this.directories = directories;
	}

	void print() {
		int runs = this.settings.dueRuns();
		Table.title(String.format(Locale.ROOT, "due: %,d runs whose timers are due in the same second", runs));
		for (int repeat = 0; repeat < this.settings.repeats(); repeat++) {
			Duration alone = withoutTimer(runs);
			Table.row("started, without a timer", "all ended after %.1f s (%,.0f runs/s)", alone.toMillis() / 1e3,
					runs * 1e3 / alone.toMillis());
			Path directory = this.directories.create("due");
			fallAsleep(directory, runs);
			wakeUp(directory, runs, alone);
			DataDirectories.delete(directory);
		}
	}

	private Duration withoutTimer(int runs) {
		Path directory = this.directories.create("no-timer");
		long begin = System.nanoTime();
		try (KraftEngine engine = Engines.above(directory, true, Engines.workflow(NAME, (arguments) -> 0)).build()) {
			engine.start();
			new Callers(CALLERS).finish(new Starts(engine, NAME, 0), runs);
			Starts.awaitQuiet(engine);
			return Duration.ofNanos(System.nanoTime() - begin);
		}
		finally {
			DataDirectories.delete(directory);
		}
	}

	private void fallAsleep(Path directory, int runs) {
		this.ahead = Duration.ZERO;
		try (KraftEngine engine = start(directory, false)) {
			for (int group = 0; group < 10; group++) {
				new Callers(CALLERS).finish(new Starts(engine, NAME, 100 * group), runs / 10);
			}
			Starts.awaitQuiet(engine);
		}
	}

	private void wakeUp(Path directory, int runs, Duration alone) {
		this.woken.clear();
		this.ahead = Duration.between(Instant.now(), this.dueFrom.minusMillis(STARTED_BEFORE_MILLIS));
		try (KraftEngine engine = start(directory, true)) {
			while (this.woken.size() < runs) {
				Pause.millis(2);
			}
			Starts.awaitQuiet(engine);
			Duration took = Duration.between(this.dueFrom, this.clock.instant());
			Table.row("woken by their timers",
					"all ended %.1f s after the first was due (%,.0f runs/s), ratio of times %.2f",
					took.toMillis() / 1e3, runs * 1e3 / took.toMillis(), (double) took.toMillis() / alone.toMillis());
			Table.row("", "earliest %.1f ms after it was due; %s", earliestMillis(), order());
		}
	}

	private double earliestMillis() {
		return this.woken.stream()
			.mapToDouble((run) -> Duration.between(run.due(), run.at()).toNanos() / 1e6)
			.min()
			.orElseThrow();
	}

	private String order() {
		Instant latest = Instant.MIN;
		long overtaken = 0;
		for (Woken run : this.woken) {
			if (run.due().isBefore(latest)) {
				overtaken++;
			}
			else {
				latest = run.due();
			}
		}
		return String.format(Locale.ROOT, "%,d woken after one that was due later", overtaken);
	}

	private KraftEngine start(Path directory, boolean sync) {
		KraftEngine engine = Engines.above(directory, sync, Engines.workflow(NAME, this::sleep))
			.maxParkedWorkflows(0)
			.clock(this.clock)
			.build();
		engine.start();
		return engine;
	}

	private int sleep(@Nullable Object[] arguments) {
		int millis = (arguments[0] instanceof Integer number) ? number : 0;
		Instant due = this.dueFrom.plusMillis(millis);
		WorkflowContext.current().sleepUntil(due);
		this.woken.add(new Woken(due, this.clock.instant()));
		return millis;
	}

	/**
	 * A run that continued.
	 */
	private record Woken(Instant due, Instant at) {
	}

}
