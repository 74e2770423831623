package io.kraft.benchmark;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowHandle;
import io.kraft.engine.KraftEngine;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.journal.RecordedJournal;
import io.kraft.engine.store.Store;
import io.kraft.engine.store.rocksdb.RocksDbOptions;
import io.kraft.engine.store.rocksdb.RocksDbStore;
import io.kraft.workflow.WorkflowContext;
import org.jspecify.annotations.Nullable;

/**
 * How long a run with a long journal takes from the signal that it waits for to its end,
 * when another process has written the journal: it is read and decoded, and the run's
 * code is called again from the top. Next to what a scan of the same bytes takes. Each
 * repeat has an engine and a run of its own; the disk's pages are in the memory of the
 * system.
 */
final class Replays {

	private static final int WARM_UPS = 5;

	/**
	 * So that p50 means something; more than the general setting, because each is short.
	 */
	private static final int REPEATS = 4;

	private final StepDefinition step = Engines.step("step");

	private final Settings settings;

	private final DataDirectories directories;

	private volatile @Nullable KraftEngine engine;

	private volatile long calledAt;

	private volatile long caughtUpAt;

	Replays(Settings settings, DataDirectories directories) {
		this.settings = settings;
		this.directories = directories;
	}

	void print() {
		Table.title(String.format(Locale.ROOT, "replay: runs with a journal of %,d entries, woken by a signal",
				this.settings.journalEntries()));
		print("steps", this::callSteps);
		print("steps, side effects, state", this::callAllKinds);
	}

	private void print(String name, Code code) {
		Path directory = this.directories.create("replay");
		int repeats = REPEATS * this.settings.repeats();
		record(directory, name, code, WARM_UPS + repeats);
		Latencies scans = new Latencies();
		Latencies decodings = new Latencies();
		Latencies loads = new Latencies();
		Latencies replays = new Latencies();
		Latencies totals = new Latencies();
		Latencies processor = new Latencies();
		for (int number = 0; number < WARM_UPS + repeats; number++) {
			Scan scan = scan(directory, "run-" + number);
			Woken woken = wakeUp(directory, name, code, "run-" + number);
			if (number == 0) {
				Table.row(name, "%,d entries, %,d bytes; first in this process %.0f ms", scan.entries(), scan.bytes(),
						woken.totalNanos() / 1e6);
			}
			if (number >= WARM_UPS) {
				scans.add(scan.nanos());
				decodings.add(scan.decodedNanos());
				loads.add(woken.loadNanos());
				replays.add(woken.replayNanos());
				totals.add(woken.totalNanos());
				processor.add(woken.processorNanos());
			}
		}
		double bare = print("bare scan of its bytes", scans);
		print("again, decoded", decodings);
		print("signal until code is called", loads);
		print("code called until caught up", replays);
		print("processor, all threads", processor);
		Table.row("", "ratio of p50 to the bare scan %.1f", print("signal until the run's end", totals) / bare);
		DataDirectories.delete(directory);
	}

	/** Answers the median, in milliseconds. */
	private static double print(String what, Latencies latencies) {
		Measurement measured = new Measurement(latencies.sorted(), Duration.ZERO, Duration.ZERO);
		Table.row("  " + what, "p50 %.1f ms, min %.1f ms, max %.1f ms", measured.millis(0.5), measured.millis(0),
				measured.millis(1));
		return measured.millis(0.5);
	}

	private void record(Path directory, String name, Code code, int runs) {
		try (KraftEngine recording = start(directory, name, code, false)) {
			for (int number = 0; number < runs; number++) {
				recording.client().start(name, StartOptions.defaults().id("run-" + number), number);
			}
			Starts.awaitQuiet(recording);
		}
	}

	private static Scan scan(Path directory, String id) {
		try (Store store = RocksDbStore.open(new RocksDbOptions(directory, false))) {
			long run = store.run(id).orElseThrow().number();
			AtomicInteger entries = new AtomicInteger();
			AtomicLong bytes = new AtomicLong();
			RecordedJournal journal = new RecordedJournal();
			long begin = System.nanoTime();
			store.journal(run, 0, (entry) -> {
				entries.incrementAndGet();
				bytes.addAndGet(entry.length);
			});
			long scanned = System.nanoTime();
			// Its blocks are in the database's cache now: this is mostly the decoding.
			store.journal(run, 0, journal::add);
			return new Scan(entries.get(), bytes.get(), scanned - begin, System.nanoTime() - scanned);
		}
	}

	private Woken wakeUp(Path directory, String name, Code code, String id) {
		try (KraftEngine woken = start(directory, name, code, true)) {
			Starts.awaitQuiet(woken);
			WorkflowHandle<?> run = woken.client().handle(id);
			long processor = ProcessorTime.nanos();
			long begin = System.nanoTime();
			woken.client().signal(id, "go", 1);
			run.result();
			long total = System.nanoTime() - begin;
			return new Woken(this.calledAt - begin, this.caughtUpAt - this.calledAt, total,
					ProcessorTime.nanos() - processor);
		}
	}

	private KraftEngine start(Path directory, String name, Code code, boolean sync) {
		KraftEngine started = Engines.above(directory, sync, Engines.workflow(name, (arguments) -> {
			this.calledAt = System.nanoTime();
			int result = code.call(this.settings.journalEntries() - 3);
			WorkflowContext.current().awaitSignal("go", Integer.class);
			this.caughtUpAt = System.nanoTime();
			return result;
		})).maxParkedWorkflows(0).maxJournalEntries(2 * this.settings.journalEntries() + 2).build();
		this.engine = started;
		started.start();
		return started;
	}

	/** The start, the signal and the end are entries too. */
	private int callSteps(int operations) throws Throwable {
		for (int number = 0; number < operations; number++) {
			call(number);
		}
		return operations;
	}

	private int callAllKinds(int operations) throws Throwable {
		WorkflowContext workflow = WorkflowContext.current();
		for (int number = 0; number < operations; number++) {
			int drawn = number;
			switch (number % 3) {
				case 0 -> call(number);
				case 1 -> workflow.sideEffect("draw", Item.class, () -> Item.of(drawn));
				default -> workflow.state().set("item-" + number % 100, Item.of(drawn));
			}
		}
		return operations;
	}

	private void call(int number) throws Throwable {
		KraftEngine current = this.engine;
		if (current == null) {
			throw new IllegalStateException("The engine has not started");
		}
		Engines.call(current, this.step, number);
	}

	/**
	 * What a journal takes to read, without and with its decoding.
	 */
	private record Scan(int entries, long bytes, long nanos, long decodedNanos) {
	}

	/**
	 * What a run took from its signal until its code was called, from there until that
	 * had caught up, and from its signal to its end; and what all threads took meanwhile.
	 */
	private record Woken(long loadNanos, long replayNanos, long totalNanos, long processorNanos) {
	}

	/**
	 * The operations of a workflow.
	 */
	@FunctionalInterface
	private interface Code {

		int call(int operations) throws Throwable;

	}

}
