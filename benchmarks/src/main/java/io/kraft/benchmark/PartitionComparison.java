package io.kraft.benchmark;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * Engines of one and of several partitions in one process: each has a committer and a
 * store of its own, so that one waits for the disk while the others execute. All take
 * turns, and the first count of partitions is the baseline.
 */
final class PartitionComparison {

	private static final Duration WARM_UP = Duration.ofSeconds(5);

	private final Settings settings;

	private final DataDirectories directories;

	PartitionComparison(Settings settings, DataDirectories directories) {
		this.settings = settings;
		this.directories = directories;
	}

	void print() {
		print("10 steps of about 100 bytes a run", false);
		print("a run has a child, which has 10 steps", true);
	}

	private void print(String title, boolean children) {
		Table.title("partitions: " + title + (this.settings.fsync() ? "" : ", no fsync"));
		for (int partitions : this.settings.partitions()) {
			measure(partitions, children, false, new Callers(256), WARM_UP);
		}
		for (int count : this.settings.callers()) {
			for (int repeat = 0; repeat < this.settings.repeats(); repeat++) {
				compare(children, new Callers(count));
			}
		}
	}

	private void compare(boolean children, Callers callers) {
		Measurement baseline = null;
		for (int partitions : this.settings.partitions()) {
			Measurement runs = measure(partitions, children, this.settings.fsync(), callers, this.settings.time());
			baseline = (baseline != null) ? baseline : runs;
			Table.row(String.format(Locale.ROOT, "partitions: %d, callers: %d", partitions, callers.count()),
					"%,7.0f runs/s (%.2f), p50 %.2f ms, p99 %.2f ms, processor %.0f us a run (%.2f)", runs.perSecond(),
					runs.perSecond() / baseline.perSecond(), runs.millis(0.5), runs.millis(0.99),
					runs.processorMicros(), runs.processorMicros() / baseline.processorMicros());
		}
	}

	private Measurement measure(int partitions, boolean children, boolean sync, Callers callers, Duration time) {
		Path directory = this.directories.create("partitions");
		try (PartitionLoop loop = new PartitionLoop(directory, sync, partitions, children)) {
			return callers.call(loop, time);
		}
		finally {
			DataDirectories.delete(directory);
		}
	}

}
