package io.kraft.benchmark;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.kraft.workflow.WorkQueue;

/**
 * How many items of a queue are taken and run in a second, next to as many workflows of
 * one step. Each caller puts one in and waits for its result. The kinds take turns, so
 * that all meet the same disk.
 */
final class QueuedItems {

	private static final int CALLERS = 256;

	private static final int BACKLOG = 10_000;

	private static final Duration WARM_UP = Duration.ofSeconds(10);

	private static final List<WorkQueue> WITHOUT_LIMITS = List.of();

	private static final List<WorkQueue> LIMITED = List.of(WorkQueue.named("limited").concurrency(64));

	private static final List<WorkQueue> OTHERS = List.of(WorkQueue.named("held").concurrency(4),
			WorkQueue.named("rated").rateLimit(1, Duration.ofHours(1)));

	private final Settings settings;

	private final DataDirectories directories;

	QueuedItems(Settings settings, DataDirectories directories) {
		this.settings = settings;
		this.directories = directories;
	}

	void print() {
		Table.title(String.format(Locale.ROOT, "queues: items of one step, %d callers", CALLERS));
		// What is measured afterwards is compiled.
		measure(WITHOUT_LIMITS, false, WARM_UP, (engine) -> engine::executeWorkflow);
		measure(WITHOUT_LIMITS, false, WARM_UP, (engine) -> items(engine, "undeclared"));
		measure(LIMITED, false, WARM_UP, (engine) -> items(engine, "limited"));
		List<Double> alone = new ArrayList<>();
		List<Double> besideOthers = new ArrayList<>();
		List<Double> limited = new ArrayList<>();
		for (int repeat = 0; repeat < this.settings.repeats(); repeat++) {
			Measurement bare = measure(WITHOUT_LIMITS, true, this.settings.time(), (engine) -> engine::executeWorkflow);
			print("workflows of one step", bare, bare, new ArrayList<>());
			Measurement items = measure(WITHOUT_LIMITS, true, this.settings.time(),
					(engine) -> items(engine, "undeclared"));
			print("items", items, bare, alone);
			print("items beside full queues", measure(OTHERS, true, this.settings.time(), (engine) -> {
				fill(engine);
				return items(engine, "undeclared");
			}), items, besideOthers);
			print("items of concurrency 64",
					measure(LIMITED, true, this.settings.time(), (engine) -> items(engine, "limited")), bare, limited);
		}
		Table.row("median ratios",
				"items to workflows %.2f, items beside full queues to items %.2f, "
						+ "items of concurrency 64 to workflows %.2f",
				median(alone), median(besideOthers), median(limited));
	}

	private static void print(String what, Measurement measured, Measurement baseline, List<Double> ratios) {
		ratios.add(measured.perSecond() / baseline.perSecond());
		Table.row(what, "%,7.0f/s, p50 %.2f ms, p99 %.2f ms, processor %.0f us each, ratio %.2f", measured.perSecond(),
				measured.millis(0.5), measured.millis(0.99), measured.processorMicros(), ratios.getLast());
	}

	private static double median(List<Double> ratios) {
		return ratios.stream().sorted().toList().get(ratios.size() / 2);
	}

	private Measurement measure(List<WorkQueue> queues, boolean sync, Duration time, Kind kind) {
		Path directory = this.directories.create("queues");
		try (ItemEngine engine = new ItemEngine(directory, sync, queues)) {
			return new Callers(CALLERS).call(kind.of(engine), time);
		}
		finally {
			DataDirectories.delete(directory);
		}
	}

	private static Loop items(ItemEngine engine, String queue) {
		return () -> engine.enqueue(queue).result();
	}

	/**
	 * Four items are in their bodies, and the others wait for them, or for the next hour.
	 */
	private static void fill(ItemEngine engine) {
		new Callers(CALLERS).finish(() -> engine.enqueueHolding("held"), BACKLOG);
		new Callers(CALLERS).finish(() -> engine.enqueue("rated"), BACKLOG);
	}

	/**
	 * What is called.
	 */
	@FunctionalInterface
	private interface Kind {

		Loop of(ItemEngine engine);

	}

}
