package io.kraft.engine.store;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.journal.Position;
import io.kraft.engine.store.Change.EntryAppended;
import io.kraft.engine.store.Change.JournalCleared;
import io.kraft.engine.store.Change.RunChanged;
import io.kraft.engine.store.Change.RunRemoved;
import io.kraft.engine.store.Change.TimerRemoved;
import io.kraft.engine.store.Change.TimerSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What every store does. A test class of each medium extends it.
 */
public abstract class StoreContract extends ScheduleContract implements ChannelContract {

	private Store store;

	/**
	 * Opens the medium of this test.
	 */
	protected abstract Store open(boolean sync);

	/**
	 * Ends the store as a crash would; {@link #open} then shows what has survived.
	 */
	protected abstract void crash(Store store);

	/**
	 * How many facts the medium holds, of all kinds. No store of it is open.
	 */
	protected abstract long size();

	@BeforeEach
	final void openAndClaim() {
		this.store = open(true);
		this.store.claim(1);
	}

	@Override
	public final void crash() {
		crash(this.store);
		this.store = open(true);
	}

	@AfterEach
	final void closeStore() {
		this.store.close();
	}

	@Override
	public final Store store() {
		return this.store;
	}

	@Test
	void hasNoOwnerAndNoRunsWhenItIsNew() {
		assertThat(this.store.highestRun()).isZero();
		assertThat(this.store.run("order-1")).isEmpty();
		assertThat(this.store.run(1)).isEmpty();
		assertThat(this.store.lastEntry(1)).isNull();
		assertThat(journal(1, 0)).isEmpty();
	}

	@Test
	void findsARunByIdAndByNumber() {
		RunRow row = RunRow.pending(7, "order-7", "order", -3, null, Map.of("größe", "L", "", ""), -5, "parent", NOON)
			.running(NOON.plusMillis(1))
			.suspended("charge", 4, "a timer");
		start(row, run(8));

		assertThat(this.store.run("order-7")).contains(row);
		assertThat(this.store.run(7)).contains(row);
		assertThat(this.store.highestRun()).isEqualTo(8);
	}

	@Test
	void findsTheNewestRunOfAnIdThatWasReplaced() {
		RunRow first = RunRow.pending(1, "order", "a", 1, Map.of(), NOON);
		RunRow second = RunRow.pending(2, "order", "b", 1, Map.of(), NOON);
		start(first, second);

		assertThat(this.store.run("order")).contains(second);
		assertThat(this.store.run(1)).contains(first);

		this.store.commit(1, List.of(new RunRemoved(first)));

		assertThat(this.store.run("order")).contains(second);
		assertThat(this.store.run(1)).isEmpty();
	}

	@Test
	void tellsIdsApartThatBeginAlike() {
		List<String> ids = List.of("a", "ab", "ab1", "b1", "a ", "ü", "üü", "ÿ", "x".repeat(511), "x".repeat(512),
				"😀".repeat(256), "\uFFFF", "\u0080");
		for (int i = 0; i < ids.size(); i++) {
			start(RunRow.pending(i + 1, ids.get(i), "order", 1, Map.of(), NOON));
		}

		for (int i = 0; i < ids.size(); i++) {
			assertThat(this.store.run(ids.get(i)).map(RunRow::number)).contains((long) (i + 1));
		}
		assertThat(this.store.run("x".repeat(510))).isEmpty();
		assertThat(this.store.run("a1")).isEmpty();
	}

	@Test
	void streamsAJournalFromASequenceOnInOrder() {
		List<Change> changes = new ArrayList<>();
		for (int sequence = 0; sequence < 300; sequence++) {
			changes.add(entry(5, sequence));
			changes.add(entry(6, sequence));
		}
		Collections.shuffle(changes, new Random(1));
		this.store.commit(1, changes);

		assertThat(journal(5, 0)).hasSize(300).startsWith("5/0", "5/1").endsWith("5/298", "5/299");
		assertThat(journal(6, 297)).containsExactly("6/297", "6/298", "6/299");
		assertThat(journal(5, 300)).isEmpty();
		assertThat(journal(4, 0)).isEmpty();
		assertThat(this.store.lastEntry(5)).asString(StandardCharsets.UTF_8).isEqualTo("5/299");
		assertThat(this.store.lastEntry(4)).isNull();
	}

	@Test
	void keepsAnEntryOfTwoMegabytes() {
		byte[] large = new byte[2 * 1024 * 1024];
		new Random(1).nextBytes(large);
		this.store.commit(1, List.of(new EntryAppended(1, 0, large)));

		reopen();

		assertThat(this.store.lastEntry(1)).isEqualTo(large);
	}

	@Test
	void listsTimersInTheOrderInWhichTheyAreDue() {
		Timer ancient = new Timer(Instant.ofEpochMilli(-5), 9, Position.of(1));
		Timer first = new Timer(NOON, 1, Position.of(1, 2));
		Timer second = new Timer(NOON, 1, Position.of(2));
		Timer third = new Timer(NOON, 2, Position.of(1));
		Timer far = new Timer(Instant.ofEpochMilli(Long.MAX_VALUE), 1, Position.of(300));
		this.store.commit(1, List.of(new TimerSet(third), new TimerSet(far), new TimerSet(second),
				new TimerSet(ancient), new TimerSet(first)));

		assertThat(this.store.timers(null, 10)).containsExactly(ancient, first, second, third, far).isSorted();
		assertThat(this.store.timers(null, 2)).containsExactly(ancient, first);
		assertThat(this.store.timers(first, 2)).containsExactly(second, third);
		assertThat(this.store.timers(far, 2)).isEmpty();

		this.store.commit(1, List.of(new TimerRemoved(second), new TimerRemoved(second)));

		assertThat(this.store.timers(null, 10)).containsExactly(ancient, first, third, far);
	}

	@Test
	void aClearedJournalHoldsWhatWasAppendedAfterwardsOnly() {
		this.store.commit(1, List.of(new RunChanged(null, run(1)), entry(1, 0), entry(1, 1), entry(2, 0)));
		this.store.commit(1, List.of(entry(1, 2), new JournalCleared(1), entry(1, 0)));

		assertThat(journal(1, 0)).hasSize(1);
		assertThat(journal(2, 0)).hasSize(1);
	}

	@Test
	void tellsHowLongAJournalIs() {
		this.store.commit(1, List.of(entry(5, 0), entry(5, 1), entry(5, 2), entry(7, 0)));

		assertThat(this.store.journalLength(5)).isEqualTo(3);
		assertThat(this.store.journalLength(6)).isZero();
		assertThat(this.store.journalLength(7)).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(ints = { Change.UNKNOWN_LENGTH, 0, 1, 2, 3, 4, 50 })
	void aClearedJournalKeepsNothingWhateverLengthTheChangeNames(int entries) {
		this.store.commit(1, List.of(entry(1, 0), entry(1, 1), entry(1, 2), entry(2, 0)));

		this.store.commit(1, List.of(entry(1, 3), new JournalCleared(1, entries), entry(1, 0), entry(1, 1)));

		assertThat(journal(1, 0)).containsExactly("1/0", "1/1");
		assertThat(journal(2, 0)).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(ints = { Change.UNKNOWN_LENGTH, 0, 1, 2, 3, 4, 2_000 })
	void aRemovedRunKeepsNothingWhateverLengthTheChangeNames(int entries) {
		start(run(1), run(3));
		this.store.commit(1, List.of(entry(1, 0), entry(1, 1), entry(2, 0), entry(3, 0)));

		this.store.commit(1, List.of(entry(1, 2), new RunRemoved(run(1), entries)));

		assertThat(journal(1, 0)).isEmpty();
		assertThat(journal(2, 0)).hasSize(1);
		assertThat(journal(3, 0)).hasSize(1);
	}

	@Test
	void appliesTheChangesOfACommitInTheirOrder() {
		Timer timer = new Timer(NOON, 1, Position.of(1));
		RunRow running = run(1).running(NOON);
		this.store.commit(1, List.of(new RunChanged(null, run(1)), new TimerSet(timer), new RunChanged(run(1), running),
				new TimerRemoved(timer), entry(2, 0), new RunChanged(null, run(2)), new RunRemoved(run(2))));

		assertThat(this.store.run(1)).contains(running);
		assertThat(this.store.oldest(WorkflowStatus.PENDING, 0, 9)).isEmpty();
		assertThat(this.store.timers(null, 9)).isEmpty();
		assertThat(this.store.run(2)).isEmpty();
		assertThat(journal(2, 0)).isEmpty();
		assertThat(this.store.highestRun()).isEqualTo(2);
	}

	@Test
	void refusesACommitOfAnotherEpochAndAppliesNothingOfIt() {
		this.store.claim(5);

		assertThatExceptionOfType(StaleEpochException.class)
			.isThrownBy(() -> this.store.commit(1, List.of(new RunChanged(null, run(1)), entry(1, 0))))
			.withMessageContaining("KRAFT-4006");
		assertThatExceptionOfType(StaleEpochException.class)
			.isThrownBy(() -> this.store.commit(6, List.of(entry(1, 0))));
		assertThat(this.store.run(1)).isEmpty();
		assertThat(journal(1, 0)).isEmpty();
		assertThat(this.store.highestRun()).isZero();

		this.store.commit(5, List.of(entry(1, 0)));

		assertThat(journal(1, 0)).containsExactly("1/0");
	}

	@Test
	void refusesAClaimThatIsNotHigherThanThePresentOne() {
		this.store.claim(5);

		assertThatExceptionOfType(StaleEpochException.class).isThrownBy(() -> this.store.claim(5));
		assertThatExceptionOfType(StaleEpochException.class).isThrownBy(() -> this.store.claim(4));
		assertThat(this.store.epoch()).isEqualTo(5);

		reopen();

		assertThat(this.store.epoch()).isEqualTo(5);
		assertThatExceptionOfType(StaleEpochException.class).isThrownBy(() -> this.store.claim(5));
	}

	@Test
	void appliesNoCommitOfTheFormerOwnerOnceAClaimHasReturned() throws Exception {
		FutureTask<Integer> former = task(() -> {
			int sequence = 0;
			try {
				while (true) {
					this.store.commit(1, List.of(entry(1, sequence)));
					sequence++;
				}
			}
			catch (StaleEpochException ex) {
				return sequence;
			}
		});

		this.store.claim(2);
		List<String> atClaim = journal(1, 0);

		assertThat(former.get()).isEqualTo(atClaim.size());
		assertThat(journal(1, 0)).isEqualTo(atClaim);
	}

	@Test
	void showsReadersWholeCommitsOnly() throws Exception {
		start(run(1), run(2));
		AtomicBoolean done = new AtomicBoolean();
		List<FutureTask<Integer>> readers = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			readers.add(task(() -> {
				int reads = 0;
				while (!done.get() || reads == 0) {
					List<RunRow> rows = this.store.runs(RunFilter.ALL, Long.MAX_VALUE, 9).rows();
					assertThat(rows).extracting(RunRow::reason).hasSize(2).containsOnly(rows.getFirst().reason());
					reads++;
				}
				return reads;
			}));
		}

		RunRow first = run(1);
		RunRow second = run(2);
		for (int i = 0; i < 500; i++) {
			RunRow nextFirst = run(1).paused("reason " + i);
			RunRow nextSecond = run(2).paused("reason " + i);
			this.store.commit(1, List.of(new RunChanged(first, nextFirst), new RunChanged(second, nextSecond)));
			first = nextFirst;
			second = nextSecond;
		}
		done.set(true);

		for (FutureTask<Integer> reader : readers) {
			assertThat(reader.get()).isPositive();
		}
	}

	@Test
	void leavesNothingOfARunBehindThatIsRemoved() {
		addAndRemove(1, 1, 3);
		this.store.close();
		long before = size();
		this.store = open(true);

		addAndRemove(2, 1, 200);
		addAndRemove(3, 40, 3);
		this.store.commit(1, List.of());
		this.store.close();

		assertThat(size()).isEqualTo(before);
		this.store = open(true);
		assertThat(everyPage(RunFilter.ALL, 10)).isEmpty();
		assertThat(this.store.run("order-2")).isEmpty();
		assertThat(journal(2, 0)).isEmpty();
	}

	@Test
	void removesNoJournalButThatOfTheRun() {
		start(run(1), run(2), run(3));
		this.store.commit(1, List.of(entry(1, 0), entry(2, 0), entry(3, 0)));

		this.store.commit(1, List.of(new RunRemoved(run(2))));

		assertThat(journal(1, 0)).containsExactly("1/0");
		assertThat(journal(2, 0)).isEmpty();
		assertThat(journal(3, 0)).containsExactly("3/0");
		assertThat(this.store.oldest(WorkflowStatus.PENDING, 0, 9)).containsExactly(run(1), run(3));
	}

	@Test
	void neverForgetsTheHighestRunNumber() {
		start(run(1), run(2));
		this.store.commit(1, List.of(new RunRemoved(run(2)), new RunRemoved(run(1))));
		reopen();
		assertThat(this.store.highestRun()).isEqualTo(2);

		start(run(3));
		reopen();

		assertThat(this.store.highestRun()).isEqualTo(3);
	}

	@Test
	void showsAfterReopeningWhatWasCommitted() {
		Timer timer = new Timer(NOON, 1, Position.of(1));
		this.store.commit(1, List.of(new RunChanged(null, run(1)), entry(1, 0), new TimerSet(timer)));

		reopen();

		assertThat(this.store.epoch()).isEqualTo(1);
		assertThat(this.store.run("order-1")).contains(run(1));
		assertThat(journal(1, 0)).containsExactly("1/0");
		assertThat(this.store.timers(null, 9)).containsExactly(timer);
	}

	@Test
	void losesNothingInACrashThatWasCommittedWithSync() {
		for (int sequence = 0; sequence < 20; sequence++) {
			this.store.commit(1, List.of(entry(1, sequence)));
		}

		crash(this.store);
		this.store = open(true);

		assertThat(journal(1, 0)).hasSize(20);
		assertThat(this.store.epoch()).isEqualTo(1);
	}

	@Test
	void losesInACrashNoMoreThanTheLastCommitsWithoutSyncAndThoseWhole() {
		this.store.close();
		this.store = open(false);
		this.store.commit(1, List.of(entry(1, 0)));
		this.store.claim(2);
		for (int sequence = 1; sequence < 20; sequence++) {
			this.store.commit(2, List.of(entry(1, sequence), entry(2, sequence)));
		}

		crash(this.store);
		this.store = open(true);

		List<String> survived = journal(1, 0);
		assertThat(survived).startsWith("1/0");
		assertThat(journal(2, 0)).hasSize(survived.size() - 1);
		assertThat(this.store.epoch()).isEqualTo(2);
		for (int sequence = 0; sequence < survived.size(); sequence++) {
			assertThat(survived.get(sequence)).isEqualTo("1/" + sequence);
		}
	}

	@Test
	void losesNothingWithoutSyncWhenItIsClosed() {
		this.store.close();
		this.store = open(false);
		this.store.commit(1, List.of(entry(1, 0)));
		this.store.close();

		this.store = open(true);
		crash(this.store);
		this.store = open(true);

		assertThat(journal(1, 0)).containsExactly("1/0");
	}

	@Test
	void refusesEveryUseAfterItsClose() {
		start(run(1));
		Store closed = this.store;
		closed.close();
		closed.close();

		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> closed.run(1));
		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> closed.run("order-1"));
		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> closed.lastEntry(1));
		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> closed.journal(1, 0, (entry) -> {
		}));
		assertThatExceptionOfType(StorageException.class)
			.isThrownBy(() -> closed.runs(RunFilter.ALL, Long.MAX_VALUE, 1));
		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> closed.oldest(WorkflowStatus.PENDING, 0, 1));
		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> closed.timers(null, 1));
		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> closed.expired(null, NOON, 1));
		assertThatExceptionOfType(StorageException.class)
			.isThrownBy(() -> closed.commit(1, List.of(new RunChanged(null, run(2)))));
		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> closed.claim(2));

		this.store = open(true);
		assertThat(this.store.run(2)).isEmpty();
	}

	@Test
	void refusesASecondOpeningWhileItIsOpen() {
		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> open(true))
			.withMessageStartingWith("KRAFT-4002: ");
	}

	@Test
	void endsReadsThatMeetItsCloseWithNothingWorseThanAnException() throws Exception {
		for (int sequence = 0; sequence < 50; sequence++) {
			this.store.commit(1, List.of(entry(1, sequence)));
		}
		start(run(1), run(2), run(3));
		for (int round = 0; round < 5; round++) {
			Store opened = this.store;
			List<FutureTask<Integer>> readers = new ArrayList<>();
			for (int i = 0; i < 4; i++) {
				readers.add(task(() -> readUntilClosed(opened)));
			}
			assertThat(opened.run(1)).isPresent();

			opened.close();

			for (FutureTask<Integer> reader : readers) {
				assertThat(reader.get()).isNotNegative();
			}
			this.store = open(true);
		}
	}

	protected final List<String> journal(long run, int from) {
		List<String> entries = new ArrayList<>();
		this.store.journal(run, from, (entry) -> entries.add(new String(entry, StandardCharsets.UTF_8)));
		return entries;
	}

	protected static EntryAppended entry(long run, int sequence) {
		return new EntryAppended(run, sequence, (run + "/" + sequence).getBytes(StandardCharsets.UTF_8));
	}

	@Override
	public final void reopen() {
		this.store.close();
		this.store = open(true);
	}

	/**
	 * Runs the work on a thread of its own.
	 */
	protected static <T> FutureTask<T> task(Callable<T> work) {
		FutureTask<T> task = new FutureTask<>(work);
		Thread.ofPlatform().start(task);
		return task;
	}

	private void addAndRemove(long from, int runs, int entries) {
		List<Change> adds = new ArrayList<>();
		List<Change> removals = new ArrayList<>();
		for (long number = from; number < from + runs; number++) {
			RunRow added = tagged(number, Map.of("customer", "7", "größe", "L"));
			RunRow ended = added.ended(WorkflowStatus.FAILED, "why", NOON, NOON);
			adds.add(new RunChanged(null, added));
			for (int sequence = 0; sequence < entries; sequence++) {
				adds.add(entry(number, sequence));
			}
			adds.add(new RunChanged(added, ended));
			removals.add(new RunRemoved(ended));
		}
		this.store.commit(1, adds);
		this.store.commit(1, removals);
	}

	private static int readUntilClosed(Store store) {
		int reads = 0;
		try {
			while (true) {
				Optional<RunRow> row = store.run("order-2");
				assertThat(row).isPresent();
				store.journal(1, 0, (entry) -> {
				});
				assertThat(store.runs(RunFilter.ALL, Long.MAX_VALUE, 10).rows()).hasSize(3);
				reads++;
			}
		}
		catch (StorageException ex) {
			assertThat(ex).hasMessageContaining("closed");
			return reads;
		}
	}

}
