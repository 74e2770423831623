package io.kraft.engine.store.memory;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.journal.Position;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.Message;
import io.kraft.engine.store.RunFilter;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.Store;
import io.kraft.engine.store.Timer;
import io.kraft.engine.store.kv.KvStore;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever call of the medium fails, nothing that was opened stays open.
 */
class FailingReadTests {

	private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

	private final FailingKeys keys = new FailingKeys(new MemoryKeys(new MemoryContents()));

	private final Store store = KvStore.open(this.keys, true);

	@ParameterizedTest
	@MethodSource("reads")
	void aReadLeavesNothingOpenWhateverCallOfTheMediumFails(Read read) {
		fill();

		int call = 0;
		do {
			this.keys.failAt(call);
			assertThat(fails(read)).as("call %s", call).isEqualTo(this.keys.hasFailed());
			assertThat(this.keys.open()).as("what is open after the failure of call %s", call).isZero();
			call++;
		}
		while (this.keys.hasFailed());

		assertThat(call).isGreaterThan(1);
		this.keys.failAt(-1);
		// Nothing is locked.
		this.store.commit(1, List.of(new Change.EntryAppended(1, 9, new byte[1])));
		this.store.close();
	}

	private boolean fails(Read read) {
		try {
			read.of().accept(this.store);
			return false;
		}
		catch (FailingKeys.MediumFailure ex) {
			return true;
		}
	}

	static List<Read> reads() {
		RunFilter tagged = new RunFilter("order", Set.of(WorkflowStatus.PENDING, WorkflowStatus.RUNNING),
				Map.of("customer", "7"), NOON.minusSeconds(1), NOON.plusSeconds(1));
		return List.of(new Read("run by id", (store) -> store.run("order-1")),
				new Read("run by number", (store) -> store.run(1)),
				new Read("journal", (store) -> store.journal(1, 0, (entry) -> {
				})), new Read("last entry", (store) -> store.lastEntry(1)),
				new Read("all runs", (store) -> store.runs(RunFilter.ALL, Long.MAX_VALUE, 10)),
				new Read("tagged runs", (store) -> store.runs(tagged, Long.MAX_VALUE, 10)),
				new Read("oldest", (store) -> store.oldest(WorkflowStatus.PENDING, 0, 10)),
				new Read("pending", (store) -> store.pending("order", null, 10)),
				new Read("workflows with pending", Store::workflowsWithPending),
				new Read("timers", (store) -> store.timers(null, 10)),
				new Read("expired", (store) -> store.expired(null, NOON, 10)),
				new Read("messages", (store) -> store.messages(1, 0)),
				new Read("runs with messages", (store) -> store.runsWithMessages(0, 10)),
				new Read("paused queues", Store::pausedQueues));
	}

	private void fill() {
		this.store.claim(1);
		for (long number = 1; number <= 3; number++) {
			RunRow row = RunRow.pending(number, "order-" + number, "order", 1, Map.of("customer", "7"), NOON);
			this.store.commit(1,
					List.of(new Change.RunChanged(null, row), new Change.EntryAppended(number, 0, new byte[] { 1 }),
							new Change.TimerSet(new Timer(NOON, number, Position.of(1))),
							new Change.QueuePaused("queue-" + number, true),
							new Change.MessageAdded(new Message(number, 1, Message.Kind.SIGNAL, "go",
									new Outcome.Success(Payload.json(new byte[] { '1' })), NOON), null)));
		}
		RunRow ended = RunRow.pending(9, "order-9", "order", 1, Map.of(), NOON)
			.ended(WorkflowStatus.COMPLETED, null, NOON, NOON);
		this.store.commit(1, List.of(new Change.RunChanged(null, ended)));
	}

	record Read(String name, Consumer<Store> of) {

		@Override
		public String toString() {
			return this.name;
		}

	}

}
