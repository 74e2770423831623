package io.kraft.benchmark;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * How many runs a second Kraft and the bare loop execute, and how long each takes. The
 * two take turns, so that both meet the same disk.
 */
final class LoopComparison {

	private static final Duration WARM_UP = Duration.ofSeconds(10);

	private final Settings settings;

	private final DataDirectories directories;

	LoopComparison(Settings settings, DataDirectories directories) {
		this.settings = settings;
		this.directories = directories;
	}

	void print() {
		Table.title("loops: 10 steps of about 100 bytes a run" + (this.settings.fsync() ? "" : ", no fsync"));
		warmUp();
		for (int count : this.settings.callers()) {
			compare(new Callers(count));
		}
	}

	/**
	 * Without waits for the disk, so that what is measured afterwards is compiled.
	 */
	private void warmUp() {
		Callers callers = new Callers(256);
		measure((directory) -> new KraftLoop(directory, false, KraftLoop.STEPS), callers, WARM_UP);
		measure((directory) -> new BareLoop(directory, false), callers, WARM_UP);
	}

	private void compare(Callers callers) {
		List<Double> ratios = new ArrayList<>();
		for (int repeat = 0; repeat < this.settings.repeats(); repeat++) {
			Measurement bare = null;
			if (this.settings.systems().contains("bare")) {
				bare = bare(callers, this.settings.time());
				print("bare loop", callers, bare, "");
			}
			if (this.settings.systems().contains("kraft")) {
				Measurement kraft = kraft(callers, this.settings.time());
				String ratio = "";
				if (bare != null) {
					ratios.add(kraft.perSecond() / bare.perSecond());
					ratio = String.format(Locale.ROOT, ", ratio %.2f", ratios.getLast());
				}
				print("Kraft", callers, kraft, ratio);
			}
		}
		if (!ratios.isEmpty()) {
			Table.row("", "median ratio %.2f", ratios.stream().sorted().toList().get(ratios.size() / 2));
		}
	}

	private static void print(String system, Callers callers, Measurement runs, String more) {
		Table.row(system + ", callers: " + callers.count(),
				"%,7.0f runs/s, p50 %.2f ms, p99 %.2f ms, processor %.0f us a run%s", runs.perSecond(),
				runs.millis(0.5), runs.millis(0.99), runs.processorMicros(), more);
	}

	private Measurement bare(Callers callers, Duration time) {
		return measure((directory) -> new BareLoop(directory, this.settings.fsync()), callers, time);
	}

	private Measurement kraft(Callers callers, Duration time) {
		return measure((directory) -> new KraftLoop(directory, this.settings.fsync(), KraftLoop.STEPS), callers, time);
	}

	private Measurement measure(Function<Path, Loop> system, Callers callers, Duration time) {
		Path directory = this.directories.create("loop");
		try (Loop loop = system.apply(directory)) {
			return callers.call(loop, time);
		}
		finally {
			DataDirectories.delete(directory);
		}
	}

}
