package io.kraft.benchmark;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * What finished runs cost: time at the start of an engine above them, and heap.
 */
final class FinishedRuns {

	private static final int CALLERS = 256;

	private final Settings settings;

	private final DataDirectories directories;

	FinishedRuns(Settings settings, DataDirectories directories) {
		this.settings = settings;
		this.directories = directories;
	}

	void print() {
		Table.title("finished: start-up time, and heap after a collection");
		Path directory = this.directories.create("finished");
		// The first start loads classes and the native library.
		new KraftLoop(directory, true, 1).close();
		for (int repeat = 0; repeat < this.settings.repeats(); repeat++) {
			startAbove(directory, 0);
		}
		Duration finishing = finish(directory);
		Table.row("runs of one step, no fsync", "%,.0f runs/s",
				this.settings.finishedRuns() * 1e9 / finishing.toNanos());
		for (int repeat = 0; repeat < this.settings.repeats(); repeat++) {
			startAbove(directory, this.settings.finishedRuns());
		}
		DataDirectories.delete(directory);
	}

	private void startAbove(Path directory, int finished) {
		long begin = System.nanoTime();
		try (KraftLoop loop = new KraftLoop(directory, true, 1)) {
			long started = System.nanoTime();
			loop.executeRun();
			long executed = System.nanoTime();
			Table.row(String.format(Locale.ROOT, "%,d finished runs", finished),
					"started after %.0f ms, first run finished after %.0f ms, heap %.1f MB", (started - begin) / 1e6,
					(executed - begin) / 1e6, Heap.usedBytes() / 1e6);
		}
	}

	private Duration finish(Path directory) {
		long begin = System.nanoTime();
		try (KraftLoop loop = new KraftLoop(directory, false, 1)) {
			new Callers(CALLERS).finish(loop, this.settings.finishedRuns());
		}
		return Duration.ofNanos(System.nanoTime() - begin);
	}

}
