package io.kraft.benchmark;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.KraftEngine;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.journal.JournalCodec;
import io.kraft.engine.journal.JournalEntry;
import io.kraft.engine.journal.JournalEntry.RunEnded;
import io.kraft.engine.journal.JournalEntry.RunStarted;
import io.kraft.engine.journal.JournalEntry.StepCompleted;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.journal.Position;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.Store;
import io.kraft.engine.store.rocksdb.RocksDbOptions;
import io.kraft.engine.store.rocksdb.RocksDbStore;
import org.jspecify.annotations.Nullable;

/**
 * An engine that starts above a crowd of finished runs whose retention is over: how long
 * it takes until all are gone, in commits of which size, and what new runs notice of it,
 * next to new runs above an empty store. One caller starts them, one after another.
 */
final class Retention {

	private static final String NAME = "retention";

	private static final int RUNS_A_COMMIT = 1000;

	private static final int WARM_UP = 5000;

	private final StepDefinition step = Engines.step("step");

	private final Settings settings;

	private final DataDirectories directories;

	private volatile @Nullable KraftEngine engine;

	Retention(Settings settings, DataDirectories directories) {
		this.settings = settings;
		this.directories = directories;
	}

	void print() {
		Table.title(String.format(Locale.ROOT, "retention: %,d finished runs to be removed, and new runs of one step",
				this.settings.expiredRuns()));
		sweep(WARM_UP, 1);
		for (int repeat = 0; repeat < this.settings.repeats(); repeat++) {
			Path empty = this.directories.create("empty");
			WatchedStore watched = new WatchedStore();
			long begin = System.nanoTime();
			Measurement alone;
			try (KraftEngine started = start(empty, watched)) {
				Table.row("empty store", "started after %.0f ms, heap %.1f MB", (System.nanoTime() - begin) / 1e6,
						Heap.usedBytes() / 1e6);
				alone = callFor(started, this.settings.time());
			}
			DataDirectories.delete(empty);
			print("new run, without sweep", alone, alone);
			Sweep sweep = sweep(this.settings.expiredRuns(), this.settings.time().toSeconds());
			Table.row("sweep", "started after %.0f ms, all gone after %.1f s (%,.0f runs/s), heap afterwards %.1f MB",
					sweep.startMillis(), sweep.seconds(), this.settings.expiredRuns() / sweep.seconds(),
					sweep.heapBytes() / 1e6);
			Table.row("its commits", "%s", times(sweep.watched().commits()));
			Table.row("its searches", "%s", times(sweep.watched().searches()));
			print("new run, meanwhile", sweep.meanwhile(), alone);
			print("new run, afterwards", sweep.afterwards(), alone);
		}
	}

	private static void print(String what, Measurement measured, Measurement alone) {
		Table.row(what, "p50 %.2f ms, p99 %.2f ms, max %.1f ms, %,d runs; ratios: p50 %.2f, p99 %.2f",
				measured.millis(0.5), measured.millis(0.99), measured.millis(1), measured.sortedNanos().length,
				measured.millis(0.5) / alone.millis(0.5), measured.millis(0.99) / alone.millis(0.99));
	}

	private static String times(Latencies latencies) {
		Measurement measured = new Measurement(latencies.sorted(), Duration.ZERO, Duration.ZERO);
		return String.format(Locale.ROOT, "%,d, p50 %.2f ms, p99 %.2f ms, max %.1f ms", measured.sortedNanos().length,
				measured.millis(0.5), measured.millis(0.99), measured.millis(1));
	}

	private Sweep sweep(int runs, long secondsAfterwards) {
		Path directory = this.directories.create("retention");
		finish(directory, runs);
		WatchedStore watched = new WatchedStore();
		long begin = System.nanoTime();
		try (KraftEngine started = start(directory, watched)) {
			double startMillis = (System.nanoTime() - begin) / 1e6;
			Latencies meanwhile = new Latencies();
			while (watched.removed() < runs) {
				call(started, meanwhile);
			}
			double seconds = (System.nanoTime() - begin) / 1e9;
			Measurement afterwards = callFor(started, Duration.ofSeconds(secondsAfterwards));
			return new Sweep(startMillis, seconds, watched,
					new Measurement(meanwhile.sorted(), Duration.ZERO, Duration.ZERO), afterwards, Heap.usedBytes());
		}
		finally {
			DataDirectories.delete(directory);
		}
	}

	private static Measurement callFor(KraftEngine engine, Duration time) {
		Latencies latencies = new Latencies();
		long end = System.nanoTime() + time.toNanos();
		while (System.nanoTime() - end < 0) {
			call(engine, latencies);
		}
		return new Measurement(latencies.sorted(), time, Duration.ZERO);
	}

	private static void call(KraftEngine engine, Latencies latencies) {
		long begin = System.nanoTime();
		engine.client().start(NAME, StartOptions.defaults(), 1).result();
		latencies.add(System.nanoTime() - begin);
	}

	private KraftEngine start(Path directory, WatchedStore watched) {
		KraftEngine started = Engines.above(directory, true, Engines.workflow(NAME, (arguments) -> callStep()))
			.store(() -> watched.watch(RocksDbStore.open(new RocksDbOptions(directory, true))))
			.build();
		this.engine = started;
		started.start();
		return started;
	}

	private int callStep() throws Throwable {
		KraftEngine current = this.engine;
		if (current == null) {
			throw new IllegalStateException("The engine has not started");
		}
		Engines.call(current, this.step, 1);
		return 1;
	}

	/** As an engine leaves them; written without it, which is faster. */
	private static void finish(Path directory, int runs) {
		Instant ended = Instant.now().minus(Duration.ofDays(8));
		List<byte[]> journal = journal(ended);
		try (Store store = RocksDbStore.open(new RocksDbOptions(directory, false))) {
			store.claim(1);
			for (int first = 1; first <= runs; first += RUNS_A_COMMIT) {
				List<Change> changes = new ArrayList<>(4 * RUNS_A_COMMIT);
				for (int run = first; run < first + RUNS_A_COMMIT && run <= runs; run++) {
					for (int sequence = 0; sequence < journal.size(); sequence++) {
						changes.add(new Change.EntryAppended(run, sequence, journal.get(sequence)));
					}
					changes.add(new Change.RunChanged(null, row(run, ended.plusMillis(run / 10))));
				}
				store.commit(1, changes);
			}
		}
	}

	private static List<byte[]> journal(Instant at) {
		Payload arguments = Payload.json("[1]".getBytes(StandardCharsets.UTF_8));
		Payload item = Payload.json(("{\"article\":\"KR-2048-1\",\"cents\":12950,\"customer\":\"customer-4711\","
				+ "\"note\":\"leave it at the door, please\",\"quantity\":1}")
			.getBytes(StandardCharsets.UTF_8));
		List<JournalEntry> entries = List.of(new RunStarted(arguments, 42, null, at),
				new StepCompleted(Position.of(1), "step", arguments, new Outcome.Success(item), 1, at, at),
				new RunEnded(new Outcome.Success(Payload.json("1".getBytes(StandardCharsets.UTF_8))), at));
		return entries.stream().map(JournalCodec::encode).toList();
	}

	private static RunRow row(long number, Instant at) {
		return RunRow.pending(number, "finished-" + number, NAME, 1, Map.of(), at)
			.running(at)
			.ended(WorkflowStatus.COMPLETED, null, at, at.plus(Duration.ofDays(7)));
	}

	/**
	 * What was measured of the removal of all.
	 */
	private record Sweep(double startMillis, double seconds, WatchedStore watched, Measurement meanwhile,
			Measurement afterwards, long heapBytes) {
	}

}
