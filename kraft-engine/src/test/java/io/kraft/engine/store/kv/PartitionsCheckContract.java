package io.kraft.engine.store.kv;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.journal.JournalCodec;
import io.kraft.engine.journal.JournalEntry;
import io.kraft.engine.journal.JournalEntry.ChildStarted;
import io.kraft.engine.journal.JournalEntry.RunEnded;
import io.kraft.engine.journal.JournalEntry.RunStarted;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.journal.Position;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.Message;
import io.kraft.engine.store.OutboxRow;
import io.kraft.engine.store.Requester;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.RunStart;
import io.kraft.engine.store.Store;
import io.kraft.engine.store.StoreIdentity;
import io.kraft.engine.store.check.CheckReport;
import io.kraft.engine.store.check.Finding.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the check of several stores against each other finds, on every medium: each test
 * plants one fault in one of two sound stores and expects exactly that finding. Runs
 * whose ids begin with {@code a} are in partition 0, the others in partition 1. A test
 * class of each medium extends it.
 */
public abstract class PartitionsCheckContract {

	private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

	private static final Position FIRST = Position.of(1);

	/** Its child is on its way. */
	private static final long STARTING = 1;

	/** Its child executes. */
	private static final long WAITING = 2;

	/** The end of its child is on its way. */
	private static final long NOTIFIED = 3;

	/** The end of its child is in its inbox. */
	private static final long ANSWERED = 4;

	private static final long CHILD = 2;

	private final List<OrderedKeys> keys = new ArrayList<>();

	/**
	 * Opens the keys of an empty medium.
	 */
	protected abstract OrderedKeys open(int partition) throws Exception;

	@BeforeEach
	final void openKeysOfSoundStores() throws Exception {
		for (int partition = 0; partition < 2; partition++) {
			this.keys.add(open(partition));
			// Not closed, which would close the keys.
			Store store = store(partition);
			store.claim(1);
			store.commit(1, (partition == 0) ? parents() : children());
		}
	}

	@AfterEach
	final void closeKeys() {
		this.keys.forEach(OrderedKeys::close);
	}

	private static List<Change> parents() {
		List<Change> changes = new ArrayList<>();
		for (long parent = STARTING; parent <= ANSWERED; parent++) {
			add(changes, row(parent, "a" + parent).running(NOON).suspended(null, 0, "child"), started(),
					new ChildStarted(FIRST, "order", "b" + parent, NOON));
		}
		changes
			.add(new Change.OutboxAdded(1, new OutboxRow.Cancel("request 1", "b0", new Requester("a0", 9, "1"), NOON)));
		changes.add(new Change.OutboxAdded(1,
				new OutboxRow.StartChild("request 2", "b" + STARTING, requester(STARTING), false,
						new RunStart("order", 1, null, Payload.NULL, null, Duration.ZERO, 0, Map.of(), Map.of()),
						NOON)));
		changes.add(new Change.OutboxRemoved(1, 1));
		changes.add(new Change.MessageAdded(message(ANSWERED, 1, Message.Kind.CHILD_ENDED, "1"), null));
		return changes;
	}

	private static List<Change> children() {
		List<Change> changes = new ArrayList<>();
		add(changes, row(CHILD, "b" + WAITING).running(NOON), started());
		changes.add(new Change.MessageAdded(watch(), null));
		for (long child : new long[] { NOTIFIED, ANSWERED }) {
			add(changes, row(child, "b" + child).running(NOON).ended(WorkflowStatus.COMPLETED, null, NOON, NOON),
					started(), new RunEnded(new Outcome.Success(Payload.NULL), NOON));
		}
		changes.add(new Change.ChannelTaken(0, 1));
		changes.add(new Change.OutboxAdded(0, new OutboxRow.ChildEnded("request 1", requester(NOTIFIED), "b" + NOTIFIED,
				NOTIFIED, new Outcome.Success(Payload.NULL), NOON)));
		return changes;
	}

	private static RunRow row(long number, String id) {
		return RunRow.pending(number, id, "order", 1, Map.of(), NOON);
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

	private static Requester requester(long parent) {
		return new Requester("a" + parent, parent, "1");
	}

	private static Message watch() {
		return message(CHILD, 1, Message.Kind.WATCH, requester(WAITING).name());
	}

	private static Message message(long run, long sequence, Message.Kind kind, String name) {
		return new Message(run, sequence, kind, name, new Outcome.Success(Payload.NULL), NOON);
	}

	@Test
	void findsNothingInSoundStoresWithRowsThatAreUnderWay() {
		CheckReport report = check();

		assertThat(report.findings()).isEmpty();
		assertThat(report.runs()).as("parents").isEqualTo(4);
		for (int partition = 0; partition < 2; partition++) {
			assertThat(store(partition).check(10).findings()).isEmpty();
		}
	}

	@Test
	void findsAMarkOfTheReceiverThatIsAheadOfTheSender() {
		List<Change> changes = new ArrayList<>();
		add(changes, row(STARTING, "b" + STARTING).running(NOON), started());
		changes
			.add(new Change.MessageAdded(message(STARTING, 2, Message.Kind.WATCH, requester(STARTING).name()), null));
		changes.add(new Change.ChannelTaken(0, 2));
		changes.add(new Change.ChannelTaken(0, 3));
		commit(1, changes.toArray(Change[]::new));

		assertFound(Kind.CHANNEL, "from partition 0 to partition 1", "from 1 to 2", "row 3");
	}

	@Test
	void findsRowsThatWereRemovedAndNotTaken() {
		commit(1, new Change.OutboxRemoved(0, 1));
		commit(0, new Change.MessageAdded(message(NOTIFIED, 2, Message.Kind.CHILD_ENDED, "1"), null));

		assertFound(Kind.CHANNEL, "from partition 1 to partition 0", "from 1 to 1", "row 0");
	}

	@Test
	void findsThatTheMarkOfTheReceiverIsLost() {
		write(1, (batch) -> batch.delete(Keyspace.META, ChannelKeys.taken(0)));

		assertFound(Kind.CHANNEL, "from partition 0 to partition 1", "row 0");
	}

	@Test
	void findsAParentWhoseChildWasNeverStarted() {
		commit(1, new Change.ChannelTaken(0, 2));
		commit(0, new Change.OutboxRemoved(1, 2));

		assertFound(Kind.CHILD_LOST, "'a1'", "'b1'", "partition 1", "no run of that id");
	}

	@Test
	void findsAParentWhoseChildWasRemoved() {
		RunRow child = store(1).run("b" + WAITING).orElseThrow();
		commit(1, new Change.RunRemoved(child, 1));

		assertFound(Kind.CHILD_LOST, "'a2'", "'b2'", "no run of that id");
	}

	@Test
	void findsAParentWhoseChildNotifiesAnotherOne() {
		commit(1, new Change.MessageTaken(CHILD, 1), new Change.MessageAdded(
				message(CHILD, 2, Message.Kind.WATCH, new Requester("a2", WAITING + 1, "1").name()), null));

		assertFound(Kind.CHILD_LOST, "'a2'", "'b2'", "no WATCH message");
	}

	@Test
	void findsAParentThatWasNotNotifiedOfTheEnd() {
		commit(0, new Change.MessageTaken(ANSWERED, 1));

		assertFound(Kind.CHILD_LOST, "'a4'", "'b4'", "COMPLETED", "no message of its end");
	}

	@Test
	void findsThatTheEndOfAChildWasTakenWithoutItsEffect() {
		commit(0, new Change.ChannelTaken(1, 1));
		commit(1, new Change.OutboxRemoved(0, 1));

		assertFound(Kind.CHILD_LOST, "'a3'", "'b3'", "COMPLETED", "no message of its end");
	}

	@Test
	void leavesAJournalThatCannotBeReadToTheCheckOfItsStore() {
		commit(0, new Change.EntryAppended(WAITING, 1, new byte[] { 127, 127 }));

		assertThat(check().findings()).isEmpty();
		assertThat(store(0).check(10).findings()).isNotEmpty();
	}

	private void assertFound(Kind kind, String... parts) {
		assertThat(check().findings()).singleElement().satisfies((finding) -> {
			assertThat(finding.kind()).isEqualTo(kind);
			assertThat(finding.toString()).contains(parts);
		});
	}

	private CheckReport check() {
		return PartitionsCheck.check(IntStream.range(0, 2).mapToObj(this::store).toList(),
				(id) -> id.startsWith("a") ? 0 : 1, 10);
	}

	private Store store(int partition) {
		return KvStore.open(this.keys.get(partition), true, new StoreIdentity(partition, 2));
	}

	private void commit(int partition, Change... changes) {
		store(partition).commit(1, List.of(changes));
	}

	private void write(int partition, Consumer<KeyBatch> writes) {
		try (KeyBatch batch = this.keys.get(partition).batch()) {
			writes.accept(batch);
			batch.write(true);
		}
	}

}
