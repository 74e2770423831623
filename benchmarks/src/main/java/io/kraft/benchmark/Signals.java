package io.kraft.benchmark;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import io.kraft.client.StartOptions;
import io.kraft.engine.KraftEngine;
import io.kraft.workflow.WorkflowContext;
import org.rocksdb.RocksDBException;

/**
 * The time from a client's signal to a waiting run until that run's code continues, one
 * after another on a machine with nothing else to do; next to one durable write of 200
 * bytes, which no signal can do without.
 */
final class Signals {

	private static final String NAME = "waiting";

	private final BlockingQueue<Long> wentOn = new LinkedBlockingQueue<>();

	private final Settings settings;

	private final DataDirectories directories;

	Signals(Settings settings, DataDirectories directories) {
		this.settings = settings;
		this.directories = directories;
	}

	void print() {
		Table.title(String.format(Locale.ROOT, "signals: %,d waiting runs, each gets one", this.settings.signals()));
		// What is measured afterwards is compiled.
		signal(10_000);
		for (int repeat = 0; repeat < this.settings.repeats(); repeat++) {
			Measurement bare = write();
			print("durable write of 200 bytes", bare, bare);
			print("signal, run in memory", signal(10_000), bare);
			print("signal, run unloaded", signal(0), bare);
		}
	}

	private static void print(String what, Measurement measured, Measurement bare) {
		Table.row(what, "p50 %.2f ms, p99 %.2f ms, max %.2f ms, ratio of p50 %.2f", measured.millis(0.5),
				measured.millis(0.99), measured.millis(1), measured.millis(0.5) / bare.millis(0.5));
	}

	private Measurement write() {
		Path directory = this.directories.create("writes");
		Latencies latencies = new Latencies();
		try (BareCommitter committer = new BareCommitter(directory, true)) {
			BareCommit commit = new BareCommit();
			for (int number = 0; number < this.settings.signals(); number++) {
				Pause.millis(1);
				long begin = System.nanoTime();
				committer.commit(commit, ByteBuffer.allocate(12).putInt(number).array(), new byte[200]);
				latencies.add(System.nanoTime() - begin);
			}
		}
		catch (RocksDBException ex) {
			throw new IllegalStateException(ex);
		}
		DataDirectories.delete(directory);
		return new Measurement(latencies.sorted(), Duration.ZERO, Duration.ZERO);
	}

	private Measurement signal(int parked) {
		Path directory = this.directories.create("signals");
		Latencies latencies = new Latencies();
		try (KraftEngine engine = Engines.above(directory, true, Engines.workflow(NAME, (arguments) -> awaitSignal()))
			.maxParkedWorkflows(parked)
			.build()) {
			engine.start();
			for (int number = 0; number < this.settings.signals(); number++) {
				engine.client().start(NAME, StartOptions.defaults().id("run-" + number), number);
			}
			Starts.awaitQuiet(engine);
			for (int number = 0; number < this.settings.signals(); number++) {
				Pause.millis(1);
				long begin = System.nanoTime();
				engine.client().signal("run-" + number, "go", number);
				latencies.add(this.wentOn.take() - begin);
			}
			Starts.awaitQuiet(engine);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
		DataDirectories.delete(directory);
		return new Measurement(latencies.sorted(), Duration.ZERO, Duration.ZERO);
	}

	private int awaitSignal() {
		int number = WorkflowContext.current().awaitSignal("go", Integer.class);
		this.wentOn.add(System.nanoTime());
		return number;
	}

}
