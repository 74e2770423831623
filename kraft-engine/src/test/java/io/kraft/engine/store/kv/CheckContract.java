package io.kraft.engine.store.kv;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.journal.Failure;
import io.kraft.engine.journal.JournalCodec;
import io.kraft.engine.journal.JournalEntry;
import io.kraft.engine.journal.JournalEntry.ChildStarted;
import io.kraft.engine.journal.JournalEntry.DeadlineSet;
import io.kraft.engine.journal.JournalEntry.RunEnded;
import io.kraft.engine.journal.JournalEntry.RunStarted;
import io.kraft.engine.journal.JournalEntry.StepAttemptFailed;
import io.kraft.engine.journal.JournalEntry.TimerSet;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.journal.Position;
import io.kraft.engine.store.AnsweredRequest;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.ChannelContract;
import io.kraft.engine.store.ChannelMark;
import io.kraft.engine.store.Message;
import io.kraft.engine.store.QueueAttempt;
import io.kraft.engine.store.Requester;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.ScheduleRow;
import io.kraft.engine.store.StatusCounts;
import io.kraft.engine.store.StorageException;
import io.kraft.engine.store.Store;
import io.kraft.engine.store.Timer;
import io.kraft.engine.store.check.CheckReport;
import io.kraft.engine.store.check.Finding;
import io.kraft.engine.store.check.Finding.Kind;
import io.kraft.engine.store.check.Finding.Severity;
import io.kraft.engine.store.check.RepairReport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the check of a store finds, on every medium: each test plants one fault in a sound
 * store and expects exactly that finding. A test class of each medium extends it.
 */
public abstract class CheckContract {

	private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

	private static final Instant LATER = NOON.plusSeconds(60);

	private static final Position FIRST = Position.of(1);

	/** Ended well; has tags, a published value and what it has told of progress. */
	private static final long COMPLETED = 1;

	/** Sleeps, with a deadline. */
	private static final long SLEEPING = 2;

	private static final long PENDING = 3;

	private static final long SCHEDULED = 4;

	/** Waits for {@link #CHILD}. */
	private static final long PARENT = 5;

	private static final long CHILD = 6;

	private static final long FAILED = 7;

	/** An item of a queue that waits for its next attempt. */
	private static final long RETRYING = 8;

	private static final AnsweredRequest REQUEST = new AnsweredRequest("request", "run-1", NOON);

	private OrderedKeys keys;

	/**
	 * Opens the keys of an empty medium.
	 */
	protected abstract OrderedKeys open() throws Exception;

	@BeforeEach
	final void openKeysOfASoundStore() throws Exception {
		this.keys = open();
		// Not closed, which would close the keys.
		Store store = KvStore.open(this.keys, true);
		store.claim(1);
		store.commit(1, soundStore());
	}

	@AfterEach
	final void closeKeys() {
		this.keys.close();
	}

	private static List<Change> soundStore() {
		List<Change> changes = new ArrayList<>();
		Failure failure = new Failure("java.lang.IllegalStateException", "no", "at …", null);
		add(changes, row(COMPLETED).running(NOON).ended(WorkflowStatus.COMPLETED, null, NOON, LATER), started(),
				new RunEnded(new Outcome.Success(Payload.NULL), NOON));
		changes.add(new Change.ValuePublished(COMPLETED, "progress", Payload.NULL));
		add(changes, row(SLEEPING).running(NOON).suspended(null, 0, "sleep"), started(), new DeadlineSet(LATER, NOON),
				new TimerSet(FIRST, NOON.plusSeconds(5), NOON));
		changes.add(new Change.TimerSet(new Timer(LATER, SLEEPING, Position.ROOT)));
		changes.add(new Change.TimerSet(new Timer(NOON.plusSeconds(5), SLEEPING, FIRST)));
		add(changes, row(PENDING), started());
		add(changes, row(SCHEDULED).scheduled(LATER), started());
		changes.add(new Change.TimerSet(new Timer(LATER, SCHEDULED, Position.ROOT)));
		add(changes, row(PARENT).running(NOON).suspended(null, 0, "child"), started(),
				new ChildStarted(FIRST, "order", "run-6", NOON));
		add(changes, row(CHILD).running(NOON), started());
		changes.add(new Change.MessageAdded(watch(), "watch"));
		add(changes, row(FAILED).running(NOON).ended(WorkflowStatus.FAILED, "no", NOON, LATER), started(),
				new RunEnded(new Outcome.Failed(failure), NOON));
		changes.add(new Change.MessageAdded(message(FAILED, 2, Message.Kind.SIGNAL, "go"), null));
		add(changes, row(RETRYING).running(NOON).suspended("charge", 2, "retry, due " + LATER), started(),
				new StepAttemptFailed(FIRST, "charge", null, 1, failure, LATER, NOON));
		changes.add(new Change.TimerSet(new Timer(LATER, RETRYING, FIRST)));
		changes.add(new Change.ProgressReported(RETRYING, "1 charge", Payload.NULL));
		changes.add(new Change.ScheduleChanged(ScheduleRow.begin("report", "every 10m", NOON)));
		changes.add(new Change.QueuePaused("mail\0box", true));
		changes.add(new Change.AttemptCounted(new QueueAttempt("mail", NOON, RETRYING)));
		changes.add(new Change.ChannelTaken(3, 1));
		changes.add(new Change.RequestAnswered(REQUEST));
		return changes;
	}

	private static RunRow row(long number) {
		return RunRow.pending(number, "run-" + number, "order", 1, Map.of("city", "Ulm", "", "ü"), NOON);
	}

	private static void add(List<Change> changes, RunRow row, JournalEntry... entries) {
		changes.add(new Change.RunChanged(null, row));
		for (int i = 0; i < entries.length; i++) {
			changes.add(new Change.EntryAppended(row.number(), i, JournalCodec.encode(entries[i])));
		}
	}

	private static RunStarted started() {
		return new RunStarted(Payload.NULL, 42, null, NOON);
	}

	private static Message watch() {
		return message(CHILD, 1, Message.Kind.WATCH, PARENT + "/1");
	}

	private static Message message(long run, long sequence, Message.Kind kind, String name) {
		return new Message(run, sequence, kind, name, new Outcome.Success(Payload.NULL), NOON);
	}

	@Test
	void findsNothingInASoundStore() {
		CheckReport report = check();

		assertThat(report.findings()).isEmpty();
		assertThat(report.runs()).isEqualTo(8);
		assertThat(report.entries()).isEqualTo(14);
		assertThat(report.hasViolations()).isFalse();
	}

	@Test
	void findsNothingInAnEmptyStore() {
		delete(Keyspace.values());

		assertThat(check()).isEqualTo(CheckReport.EMPTY);
	}

	@Test
	void refusesAStoreOfAnUnknownFormat() {
		write((batch) -> StoreMark.FORMAT.write(batch, StoreMark.PRESENT_FORMAT + 1));

		assertThatExceptionOfType(StorageException.class).isThrownBy(this::check)
			.withMessageStartingWith("KRAFT-4005: ");
	}

	@Test
	void namesEachIndexKeyThatIsMissingAndPutsItBack() {
		RunRow row = decoded(SCHEDULED);
		for (byte[] key : RunIndex.keys(row)) {
			delete(Keyspace.INDEX, key);

			assertFinding(Kind.INDEX_MISSING, SCHEDULED);
			assertRepaired(1, 0);
			assertThat(this.keys.get(Keyspace.INDEX, key)).isNotNull();
		}
		byte[] pending = RunKeys.pending(decoded(PENDING));
		delete(Keyspace.INDEX, pending);
		assertFinding(Kind.INDEX_MISSING, PENDING);
		byte[] expiry = RunKeys.expiry(LATER, COMPLETED);
		delete(Keyspace.INDEX, expiry);
		assertThat(check().counts()).containsOnly(Map.entry(Kind.INDEX_MISSING, 2L));
		assertRepaired(2, 0);
	}

	@Test
	void namesAnIndexKeyThatIsTooManyAndRemovesIt() {
		put(Keyspace.INDEX, Keys.append(RunKeys.status(WorkflowStatus.DEAD), PENDING), Keys.EMPTY);
		assertFinding(Kind.INDEX_WRONG, PENDING);
		assertRepaired(0, 1);

		put(Keyspace.INDEX, Keys.append(RunKeys.id("none"), 99), Keys.EMPTY);
		assertFinding(Kind.INDEX_WRONG, 99);
		assertRepaired(0, 1);
	}

	@Test
	void isNotMisledByAMissingKeyBesideOneTooMany() {
		delete(Keyspace.INDEX, Keys.append(RunKeys.status(WorkflowStatus.PENDING), PENDING));
		put(Keyspace.INDEX, Keys.append(RunKeys.status(WorkflowStatus.RUNNING), PENDING), Keys.EMPTY);

		assertThat(check().counts()).containsOnly(Map.entry(Kind.INDEX_MISSING, 1L), Map.entry(Kind.INDEX_WRONG, 1L));
		assertRepaired(1, 1);
	}

	@Test
	void namesTwoRunsOfOneId() {
		commit(new Change.RunChanged(null, RunRow.pending(9, "run-3", "order", 1, Map.of(), NOON)),
				new Change.EntryAppended(9, 0, JournalCodec.encode(started())));

		assertFinding(Kind.DUPLICATE_ID, 9);
	}

	@Test
	void namesAWrongCountAndCorrectsIt() {
		StatusCounts right = RunCounts.decode(value(Keyspace.META, RunCounts.key("order"))).counts();
		put(Keyspace.META, RunCounts.key("order"), RunCounts.encode("order", right.plus(WorkflowStatus.RUNNING, 1)));
		assertFinding(Kind.COUNT, 0);
		assertRepaired(1, 0);

		put(Keyspace.META, RunCounts.key("gone"),
				RunCounts.encode("gone", StatusCounts.NONE.plus(WorkflowStatus.RUNNING, 1)));
		assertFinding(Kind.COUNT, 0);
		assertRepaired(0, 1);

		put(Keyspace.META, RunCounts.key("order"), new byte[] { 99 });
		assertFinding(Kind.COUNT, 0);
		assertRepaired(1, 0);
	}

	@Test
	void namesEachTimerThatIsMissingAndSetsIt() {
		for (Timer timer : List.of(new Timer(LATER, SLEEPING, Position.ROOT),
				new Timer(NOON.plusSeconds(5), SLEEPING, FIRST), new Timer(LATER, SCHEDULED, Position.ROOT),
				new Timer(LATER, RETRYING, FIRST))) {
			delete(Keyspace.TIMERS, RunKeys.timer(timer));

			assertFinding(Kind.TIMER_MISSING, timer.run());
			assertRepaired(1, 0);
			assertThat(this.keys.get(Keyspace.TIMERS, RunKeys.timer(timer))).isNotNull();
		}
	}

	@Test
	void takesATimerForWhichNoRunWaitsForALeftover() {
		for (Timer timer : List.of(new Timer(LATER, COMPLETED, FIRST), new Timer(LATER, PENDING, FIRST),
				new Timer(LATER, 99, FIRST))) {
			put(Keyspace.TIMERS, RunKeys.timer(timer), Keys.EMPTY);

			assertFinding(Kind.TIMER_LEFT, timer.run());
			assertThat(check().hasViolations()).isFalse();
			assertRepaired(0, 1);
		}
	}

	@Test
	void leavesTheTimersOfADamagedJournalAlone() {
		put(Keyspace.JOURNAL, RunKeys.entry(SLEEPING, 2), new byte[] { 1, 2, 3 });

		assertFinding(Kind.UNREADABLE_ENTRY, SLEEPING);
		assertThat(KvDoctor.repair(this.keys, 10).keysRemoved()).isZero();

		delete(Keyspace.JOURNAL, RunKeys.entry(SLEEPING, 1));
		assertThat(check().counts()).containsOnlyKeys(Kind.UNREADABLE_ENTRY, Kind.JOURNAL_GAP);
		assertThat(KvDoctor.repair(this.keys, 10).keysRemoved()).isZero();
	}

	@Test
	void namesAGapInAJournal() {
		delete(Keyspace.JOURNAL, RunKeys.entry(SLEEPING, 1));

		assertFinding(Kind.JOURNAL_GAP, SLEEPING);
	}

	@Test
	void namesAJournalWithoutItsStart() {
		put(Keyspace.JOURNAL, RunKeys.entry(PENDING, 0), JournalCodec.encode(new DeadlineSet(LATER, NOON)));
		commit(new Change.TimerSet(new Timer(LATER, PENDING, Position.ROOT)));

		assertFinding(Kind.JOURNAL_START, PENDING);
	}

	@Test
	void namesAnEndThatIsMissingOrOfAnotherKind() {
		byte[] key = RunKeys.entry(COMPLETED, 1);
		byte[] failed = value(Keyspace.JOURNAL, RunKeys.entry(FAILED, 1));
		delete(Keyspace.JOURNAL, key);
		assertFinding(Kind.JOURNAL_END, COMPLETED);

		put(Keyspace.JOURNAL, key, failed);
		assertFinding(Kind.JOURNAL_END, COMPLETED);
	}

	@Test
	void namesAnEndOfARunThatHasNotEnded() {
		put(Keyspace.JOURNAL, RunKeys.entry(PENDING, 1),
				JournalCodec.encode(new RunEnded(new Outcome.Success(Payload.NULL), NOON)));
		assertFinding(Kind.JOURNAL_END, PENDING);
	}

	@Test
	void namesAnEntryBehindAnEnd() {
		put(Keyspace.JOURNAL, RunKeys.entry(FAILED, 2),
				JournalCodec.encode(new RunEnded(new Outcome.Failed(new Failure("A", null, "", null)), NOON)));

		assertFinding(Kind.JOURNAL_END, FAILED);
	}

	@Test
	void knowsARunThatWasRetried() {
		RunRow failed = decoded(FAILED);
		commit(new Change.RunChanged(failed, failed.pending()), new Change.EntryAppended(FAILED, 2,
				JournalCodec.encode(new JournalEntry.RunRetried(List.of(FIRST), LATER))));

		assertThat(check().findings()).isEmpty();
	}

	@Test
	void namesAJournalWithoutARowAndARowWithoutAJournal() {
		put(Keyspace.JOURNAL, RunKeys.entry(99, 0), JournalCodec.encode(started()));
		put(Keyspace.JOURNAL, RunKeys.entry(99, 1), JournalCodec.encode(started()));
		assertFinding(Kind.JOURNAL_ORPHAN, 99);

		delete(Keyspace.JOURNAL, RunKeys.entry(99, 0));
		delete(Keyspace.JOURNAL, RunKeys.entry(99, 1));
		delete(Keyspace.JOURNAL, RunKeys.entry(PENDING, 0));
		assertFinding(Kind.JOURNAL_MISSING, PENDING);
	}

	@Test
	void namesARunThatWasRemovedInPart() {
		byte[] row = Keys.number(COMPLETED);
		delete(Keyspace.RUNS, row);

		CheckReport report = check();

		assertThat(report.counts()).containsOnly(Map.entry(Kind.JOURNAL_ORPHAN, 1L), Map.entry(Kind.ORPHAN, 1L),
				Map.entry(Kind.INDEX_WRONG, 6L), Map.entry(Kind.COUNT, 1L));
		RepairReport repaired = KvDoctor.repair(this.keys, 10);
		assertThat(repaired.after().counts()).containsOnly(Map.entry(Kind.JOURNAL_ORPHAN, 1L),
				Map.entry(Kind.ORPHAN, 1L));
	}

	@Test
	void namesMessagesAndValuesWithoutARun() {
		put(Keyspace.MESSAGES, MessageKeys.message(99, 1), MessageCodec.encode(watch()).head());
		put(Keyspace.MESSAGES, MessageKeys.known(99, "x"), Keys.EMPTY);
		put(Keyspace.MESSAGES, MessageKeys.published(99, "x"),
				JournalCodec.encodeOutcome(new Outcome.Success(Payload.NULL)));
		put(Keyspace.MESSAGES, MessageKeys.progress(99, "x"),
				JournalCodec.encodeOutcome(new Outcome.Success(Payload.NULL)));

		assertThat(check().counts()).containsOnly(Map.entry(Kind.ORPHAN, 4L));
	}

	@Test
	void namesALargeMessageThatHasLostWhatItCarries() {
		commit(new Change.MessageAdded(large(), null));
		assertThat(check().findings()).isEmpty();
		byte[] payload = this.keys.get(Keyspace.MESSAGES, MessageKeys.payload(PARENT, 9));

		delete(Keyspace.MESSAGES, MessageKeys.payload(PARENT, 9));
		assertFinding(Kind.MESSAGE, PARENT);

		delete(Keyspace.MESSAGES, MessageKeys.message(PARENT, 9));
		put(Keyspace.MESSAGES, MessageKeys.payload(PARENT, 9), Objects.requireNonNull(payload));
		assertFinding(Kind.MESSAGE, PARENT);
	}

	private static Message large() {
		return new Message(PARENT, 9, Message.Kind.SIGNAL, "go", new Outcome.Success(Payload.json(new byte[5000])),
				NOON);
	}

	@Test
	void takesAMessageToARunThatHasEndedForALeftover() {
		commit(new Change.MessageAdded(message(COMPLETED, 3, Message.Kind.SIGNAL, "go"), null));

		assertFinding(Kind.MESSAGE_LEFT, COMPLETED);
		assertThat(check().hasViolations()).isFalse();
	}

	@Test
	void takesAWatcherThatDoesNotWaitForALeftover() {
		for (String watcher : List.of(COMPLETED + "/1", "99/1", PENDING + "/1", PARENT + "/2")) {
			commit(new Change.MessageAdded(message(CHILD, 3, Message.Kind.WATCH, watcher), null));

			assertFinding(Kind.WATCHER_LEFT, CHILD);
		}
		commit(new Change.MessageAdded(message(CHILD, 3, Message.Kind.WATCH, "x/1"), null));
		assertFinding(Kind.MESSAGE, CHILD);
	}

	@Test
	void namesAChildThatNotifiesNoParent() {
		delete(Keyspace.MESSAGES, MessageKeys.message(CHILD, 1));
		assertFinding(Kind.CHILD_LOST, PARENT);

		commit(new Change.MessageAdded(message(PARENT, 9, Message.Kind.CHILD_ENDED, "1"), null));
		assertThat(check().findings()).isEmpty();
	}

	@Test
	void namesAChildThatNeverWas() {
		RunRow child = decoded(CHILD);
		commit(new Change.RunRemoved(child));

		assertFinding(Kind.CHILD_LOST, PARENT);
	}

	@Test
	void namesAChildWhoseEndIsLost() {
		RunRow child = decoded(CHILD);
		commit(new Change.RunChanged(child, child.ended(WorkflowStatus.COMPLETED, null, NOON, LATER)),
				new Change.MessageTaken(CHILD, 1), new Change.EntryAppended(CHILD, 1,
						JournalCodec.encode(new RunEnded(new Outcome.Success(Payload.NULL), NOON))));
		assertFinding(Kind.CHILD_LOST, PARENT);

		RunRow parent = decoded(PARENT);
		commit(new Change.RunChanged(parent, parent.running(NOON)));
		assertThat(check().findings()).as("of a parent that looks for itself").isEmpty();
	}

	@Test
	void namesTimesThatDoNotFit() {
		RunRow row = decoded(PENDING);
		rewrite(RunRow.pending(PENDING, row.id(), row.name(), 1, row.tags(), NOON.minusMillis(1)));
		assertFinding(Kind.CREATION_ORDER, PENDING);
	}

	@Test
	void namesARunThatEndedAndWillNotExpire() {
		RunRow row = decoded(COMPLETED);
		rewrite(row.ended(WorkflowStatus.COMPLETED, null, NOON, null));
		delete(Keyspace.INDEX, RunKeys.expiry(LATER, COMPLETED));

		assertFinding(Kind.EXPIRY, COMPLETED);
	}

	@Test
	void namesWhatCannotBeDecodedAndThrowsNothing() {
		byte[] noise = { 77, -1, 3 };
		put(Keyspace.RUNS, Keys.number(PENDING), noise);
		assertFinding(Kind.UNREADABLE_VALUE, PENDING);
		put(Keyspace.MESSAGES, MessageKeys.message(CHILD, 1), noise);
		put(Keyspace.MESSAGES, MessageKeys.published(COMPLETED, "progress"), noise);
		put(Keyspace.META, ScheduleRowCodec.key("report"), noise);
		assertThat(check().counts()).containsOnly(Map.entry(Kind.UNREADABLE_VALUE, 4L));
	}

	@Test
	void namesKeysThatNoVersionWrites() {
		byte[] noise = { 77, -1, 3 };
		for (Keyspace space : List.of(Keyspace.META, Keyspace.RUNS, Keyspace.JOURNAL, Keyspace.TIMERS,
				Keyspace.MESSAGES)) {
			put(space, noise, noise);
			assertFinding(Kind.UNKNOWN_KEY, 0);
			delete(space, noise);
		}
		put(Keyspace.META, "epoch".getBytes(StandardCharsets.US_ASCII), noise);
		assertFinding(Kind.UNKNOWN_KEY, 0);
	}

	@Test
	void namesAnAttemptAtAnItemThatNeverWas() {
		commit(new Change.AttemptCounted(new QueueAttempt("mail", NOON, 99)));

		assertFinding(Kind.QUEUE_ATTEMPT, 99);
	}

	@Test
	void findsNothingInASoundChannel() {
		send();
		assertThat(check().findings()).isEmpty();

		commit(new Change.OutboxRemoved(2, 4));
		assertThat(check().findings()).isEmpty();
	}

	@Test
	void namesAChannelWithAGap() {
		send();
		for (int missing = 2; missing <= 4; missing++) {
			byte[] key = ChannelKeys.row(2, missing);
			byte[] row = value(Keyspace.META, key);
			delete(Keyspace.META, key);

			assertFinding(Kind.CHANNEL, 0);
			assertThat(check().findings().getFirst()).asString()
				.contains("the channel to partition 2: expected rows 2 to 4, found 2 rows from "
						+ ((missing == 2) ? 3 : 2) + " to " + ((missing == 4) ? 3 : 4));
			put(Keyspace.META, key, row);
		}
		assertThat(check().findings()).isEmpty();
	}

	@Test
	void namesRowsOfAChannelThatAreNotBetweenItsMarks() {
		send();
		byte[] row = value(Keyspace.META, ChannelKeys.row(2, 4));
		put(Keyspace.META, ChannelKeys.row(2, 5), row);
		assertFinding(Kind.CHANNEL, 0);
		delete(Keyspace.META, ChannelKeys.row(2, 5));
		put(Keyspace.META, ChannelKeys.row(2, 1), row);
		assertFinding(Kind.CHANNEL, 0);
		delete(Keyspace.META, ChannelKeys.row(2, 1));
		assertThat(check().findings()).isEmpty();

		delete(Keyspace.META, ChannelKeys.sent(2));
		assertFinding(Kind.CHANNEL, 0);
		put(Keyspace.META, ChannelKeys.sent(2), ChannelKeys.encode(new ChannelMark(4, 4)));
		assertFinding(Kind.CHANNEL, 0);
		put(Keyspace.META, ChannelKeys.sent(9), ChannelKeys.encode(new ChannelMark(1, 0)));
		assertThat(check().counts()).containsOnly(Map.entry(Kind.CHANNEL, 2L));
	}

	@Test
	void namesPartsOfChannelsThatCannotBeDecoded() {
		send();
		byte[] noise = { 77, -1, 3 };
		put(Keyspace.META, ChannelKeys.row(2, 3), noise);
		put(Keyspace.META, ChannelKeys.taken(3), noise);
		put(Keyspace.META, RequestKeys.byId("request"), noise);
		assertThat(check().counts()).containsOnly(Map.entry(Kind.UNREADABLE_VALUE, 3L), Map.entry(Kind.REQUEST, 1L));
	}

	@Test
	void knowsAWatcherInAnotherPartitionByItsName() {
		String watcher = new Requester("elsewhere", 77, "1").name();
		commit(new Change.MessageAdded(message(CHILD, 3, Message.Kind.WATCH, watcher), null));
		assertThat(check().findings()).isEmpty();

		commit(new Change.MessageAdded(message(CHILD, 3, Message.Kind.WATCH, "@x/1"), null));
		assertFinding(Kind.MESSAGE, CHILD);
	}

	@Test
	void takesAChildThatIsNotHereForOneInAnotherPartitionWhereThereAreSome() {
		send();
		commit(new Change.RunRemoved(decoded(CHILD)));

		assertThat(check().findings()).isEmpty();
	}

	@Test
	void findsRequestsByTheirTimesAndRepairsThat() {
		delete(Keyspace.META, RequestKeys.byTime(REQUEST));
		assertFinding(Kind.REQUEST, 0);
		assertRepaired(1, 0);

		byte[] other = RequestKeys.byTime(new AnsweredRequest("request", "", LATER));
		put(Keyspace.META, other, Keys.EMPTY);
		put(Keyspace.META, RequestKeys.byTime(new AnsweredRequest("unknown", "", NOON)), Keys.EMPTY);
		assertThat(check().counts()).containsOnly(Map.entry(Kind.REQUEST, 2L));
		assertRepaired(0, 2);
	}

	/** Four rows to partition 2, of which one was taken. */
	private void send() {
		commit(ChannelContract.everyKind()
			.subList(0, 4)
			.stream()
			.map((row) -> new Change.OutboxAdded(2, row))
			.toArray(Change[]::new));
		commit(new Change.OutboxRemoved(2, 1));
	}

	@Test
	void keepsSomeFindingsAndCountsAll() {
		delete(Keyspace.INDEX);

		CheckReport report = KvDoctor.check(this.keys, 3);

		assertThat(report.findings()).hasSize(3);
		assertThat(report.count(Severity.VIOLATION)).isGreaterThan(40);
		RepairReport repaired = KvDoctor.repair(this.keys, 3);
		assertThat(repaired.after().findings()).isEmpty();
		assertThat(repaired.before().counts()).isEqualTo(report.counts());
	}

	@Test
	void readsOnPastAPartThatTheMediumCannotRead() {
		CheckReport report = KvDoctor.check(new UnreadableSpace(this.keys, Keyspace.JOURNAL), 10);

		assertThat(report.counts()).containsOnlyKeys(Kind.UNREADABLE_SPACE);
		assertThat(KvDoctor.repair(new UnreadableSpace(this.keys, Keyspace.JOURNAL), 10).keysRemoved()).isZero();
	}

	@Test
	void staysSoundThroughRandomBytes() {
		Random random = new Random(42);
		List<Keyspace> spaces = List.of(Keyspace.values());
		for (int round = 0; round < 200; round++) {
			Keyspace space = spaces.get(random.nextInt(spaces.size()));
			byte[] key = new byte[random.nextInt(24)];
			byte[] value = new byte[random.nextInt(40)];
			random.nextBytes(key);
			random.nextBytes(value);
			if (key.length > 0 && random.nextBoolean()) {
				key[0] = (byte) random.nextInt(8);
			}
			put(space, key, value);
		}
		assertThat(check().count(Severity.VIOLATION)).isPositive();
		assertThat(KvDoctor.repair(this.keys, 10).after().counts()).doesNotContainKeys(Kind.UNREADABLE_SPACE,
				Kind.INDEX_WRONG);
	}

	private CheckReport check() {
		return KvDoctor.check(this.keys, 100);
	}

	private void assertFinding(Kind kind, long run) {
		assertThat(check().findings()).hasSize(1).first().satisfies((finding) -> {
			assertThat(finding.kind()).isEqualTo(kind);
			assertThat(finding.run()).as(finding::toString).isEqualTo(run);
		});
	}

	private void assertRepaired(long written, long removed) {
		RepairReport report = KvDoctor.repair(this.keys, 100);
		assertThat(report.after().findings()).extracting(Finding::toString).isEmpty();
		assertThat(report.keysWritten()).isEqualTo(written);
		assertThat(report.keysRemoved()).isEqualTo(removed);
	}

	private RunRow decoded(long number) {
		return RunRowCodec.decode(number, value(Keyspace.RUNS, Keys.number(number)));
	}

	private byte[] value(Keyspace space, byte[] key) {
		return Objects.requireNonNull(this.keys.get(space, key));
	}

	private void rewrite(RunRow row) {
		put(Keyspace.RUNS, Keys.number(row.number()), RunRowCodec.encode(row));
	}

	private void commit(Change... changes) {
		KvStore.open(this.keys, true).commit(1, List.of(changes));
	}

	private void put(Keyspace space, byte[] key, byte[] value) {
		write((batch) -> batch.put(space, key, value));
	}

	private void delete(Keyspace space, byte[] key) {
		write((batch) -> batch.delete(space, key));
	}

	private void delete(Keyspace... spaces) {
		byte[] end = new byte[64];
		Arrays.fill(end, (byte) 0xFF);
		for (Keyspace space : spaces) {
			write((batch) -> batch.deleteRange(space, Keys.EMPTY, end));
		}
	}

	private void write(Consumer<KeyBatch> writes) {
		try (KeyBatch batch = this.keys.batch()) {
			writes.accept(batch);
			batch.write(true);
		}
	}

}
