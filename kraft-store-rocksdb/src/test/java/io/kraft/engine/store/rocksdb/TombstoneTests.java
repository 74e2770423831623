package io.kraft.engine.store.rocksdb;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.journal.Position;
import io.kraft.engine.reliability.Proves;
import io.kraft.engine.store.AnsweredRequest;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.Channels;
import io.kraft.engine.store.OutboxRow;
import io.kraft.engine.store.Requester;
import io.kraft.engine.store.RunFilter;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.Store;
import io.kraft.engine.store.Timer;
import io.kraft.engine.store.kv.KvStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.PerfContext;
import org.rocksdb.PerfLevel;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How many marks of deleted keys a read goes over, as RocksDB counts them: the measure of
 * what a read costs that finds little.
 */
@Proves(fault = "Many generations, and many finished runs", promise = "Reads do not become more expensive")
class TombstoneTests {

	private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

	private static final int ITEMS = 20_000;

	private static final RunFilter RUNNING = new RunFilter("order", Set.of(WorkflowStatus.RUNNING), Map.of(), null,
			null);

	@TempDir
	Path temporary;

	private RocksDbKeys keys;

	private Store store;

	@BeforeEach
	void open() {
		RocksDbStore.open(new RocksDbOptions(this.temporary, false)).close();
		this.keys = RocksDbKeys.open(this.temporary.resolve("db"), RocksDbOptions.DEFAULT_NATIVE_MEMORY_BYTES, () -> {
		});
		this.store = KvStore.open(this.keys, false);
		this.store.claim(1);
		this.keys.database().setPerfLevel(PerfLevel.ENABLE_COUNT);
	}

	@AfterEach
	void close() {
		this.keys.database().setPerfLevel(PerfLevel.DISABLE);
		this.store.close();
	}

	@Test
	void finishedItemsAreGoneOverOnceOnly() {
		finishItems(1);
		List<Runnable> reads = List.of(() -> assertThat(this.store.timers(null, 10)).isEmpty(),
				() -> assertThat(this.store.oldest(WorkflowStatus.RUNNING, 0, 10)).isEmpty(),
				() -> assertThat(this.store.pending("order", null, 10)).isEmpty(),
				() -> assertThat(this.store.workflowsWithPending()).isEmpty(),
				() -> assertThat(this.store.runs(RUNNING, Long.MAX_VALUE, 10).rows()).isEmpty());

		reads.forEach((read) -> assertThat(skippedBy(read)).isGreaterThanOrEqualTo(0));

		reads.forEach((read) -> assertThat(skippedBy(read)).isLessThan(100));

		finishItems(ITEMS + 1);
		reads.forEach((read) -> assertThat(skippedBy(read)).isLessThan(10 * ITEMS));
		reads.forEach((read) -> assertThat(skippedBy(read)).isLessThan(100));
	}

	@Test
	void aLongRunAmongFinishedOnesIsFoundWithoutThem() {
		RunRow old = pending(1);
		this.store.commit(1, List.of(new Change.RunChanged(null, old), new Change.RunChanged(old, old.running(NOON))));
		finishItems(2);
		Runnable list = () -> assertThat(this.store.runs(RUNNING, Long.MAX_VALUE, 10).rows()).hasSize(1);
		Runnable oldest = () -> assertThat(this.store.oldest(WorkflowStatus.RUNNING, 0, 10)).hasSize(1);
		assertThat(skippedBy(list)).isGreaterThan(ITEMS / 2);
		oldest.run();

		assertThat(skippedBy(list)).isLessThan(100);
		assertThat(skippedBy(oldest)).isLessThan(100);
	}

	@Test
	void generationsOfAJournalDoNotMakeItsReadsDearer() {
		int entries = 10;
		this.store.commit(1, generation(entries));
		for (int generation = 0; generation < 2_000; generation++) {
			List<Change> changes = new ArrayList<>(List.of(new Change.JournalCleared(1, entries)));
			changes.addAll(generation(entries));
			this.store.commit(1, changes);
		}

		long skipped = skippedBy(() -> this.store.journal(1, 0, (entry) -> {
		}));

		assertThat(skipped).isLessThan(30L * entries);
		assertThat(this.store.journalLength(1)).isEqualTo(entries);
	}

	@Test
	void runsThatAreNoNeighboursAreRemovedWithoutRangesAndWithoutAScan() {
		List<Change> removals = new ArrayList<>();
		for (long number = 1; number < 1_000; number += 2) {
			RunRow ended = pending(number).ended(WorkflowStatus.COMPLETED, null, NOON, NOON);
			this.store.commit(1, List.of(new Change.RunChanged(null, ended), entry(number, 0), entry(number, 1)));
			removals.add(new Change.RunRemoved(ended, 2));
		}
		PerfContext work = this.keys.database().getPerfContext();
		work.reset();

		this.store.commit(1, removals);

		assertThat(work.getSeekOnMemtableCount()).isLessThan(50);
		assertThat(this.store.journalLength(1)).isZero();
	}

	@Test
	void rowsThatWereTakenByAnotherPartitionAreNotGoneOver() {
		int batch = 256;
		for (int sent = 0; sent < ITEMS; sent += batch) {
			List<Change> changes = new ArrayList<>();
			for (int row = 0; row < batch; row++) {
				changes.add(new Change.OutboxAdded(1, new OutboxRow.Watch("r" + sent + "." + row, "order-1",
						new Requester("parent", 1, "1"), "order", NOON)));
			}
			this.store.commit(1, changes);
			this.store.commit(1, List.of(new Change.OutboxRemoved(1, sent + batch - 1)));
		}

		assertThat(
				skippedBy(() -> assertThat(this.store.channels().rows(1, 0, batch, Channels.BATCH_BYTES)).hasSize(1)))
			.isLessThan(10);
		assertThat(skippedBy(() -> assertThat(this.store.channels().sent(1).waiting()).isEqualTo(1))).isZero();
		assertThat(skippedBy(() -> KvStore.open(this.keys, false))).isLessThan(1_000);
	}

	@Test
	void requestsThatWereForgottenAreNotGoneOverByTheSweep() {
		List<Change> answered = new ArrayList<>();
		List<Change> forgotten = new ArrayList<>();
		AnsweredRequest last = new AnsweredRequest("none", "", NOON);
		for (int number = 0; number < ITEMS; number++) {
			last = new AnsweredRequest("r" + number, "", NOON.plusMillis(number));
			answered.add(new Change.RequestAnswered(last));
			forgotten.add(new Change.RequestForgotten(last));
		}
		this.store.commit(1, answered);
		this.store.commit(1, forgotten);
		AnsweredRequest after = last;

		assertThat(skippedBy(() -> assertThat(this.store.answeredRequests(after, NOON.plusSeconds(60), 10)).isEmpty()))
			.isLessThan(10);
		assertThat(skippedBy(() -> this.store.answeredRequests(null, NOON.plusSeconds(60), 10))).as("without it")
			.isGreaterThan(ITEMS / 2);
	}

	private static List<Change> generation(int entries) {
		List<Change> changes = new ArrayList<>();
		for (int sequence = 0; sequence < entries; sequence++) {
			changes.add(entry(1, sequence));
		}
		return changes;
	}

	private static Change.EntryAppended entry(long run, int sequence) {
		return new Change.EntryAppended(run, sequence, new byte[50]);
	}

	private void finishItems(long from) {
		List<Change> changes = new ArrayList<>();
		for (long number = from; number < from + ITEMS; number++) {
			RunRow pending = pending(number);
			RunRow running = pending.running(NOON);
			Timer timer = new Timer(NOON.plusMillis(number), number, Position.of(1));
			changes.add(new Change.RunChanged(null, pending));
			changes.add(new Change.RunChanged(pending, running));
			changes.add(new Change.TimerSet(timer));
			changes.add(new Change.TimerRemoved(timer));
			changes.add(new Change.RunChanged(running,
					running.ended(WorkflowStatus.COMPLETED, null, NOON, NOON.plusSeconds(60))));
		}
		this.store.commit(1, changes);
	}

	private static RunRow pending(long number) {
		return RunRow.pending(number, "order-" + number, "order", 1, Map.of(), NOON);
	}

	private long skippedBy(Runnable read) {
		PerfContext work = this.keys.database().getPerfContext();
		work.reset();
		read.run();
		return work.getInternalDeleteSkippedCount() + work.getInternalKeySkippedCount();
	}

}
