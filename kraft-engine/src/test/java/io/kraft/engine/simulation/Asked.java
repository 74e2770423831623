package io.kraft.engine.simulation;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.kraft.engine.journal.JournalEntry;
import io.kraft.engine.journal.JournalEntry.ChildStarted;
import io.kraft.engine.journal.JournalEntry.WaitEnded;
import io.kraft.engine.journal.OperationKind;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.journal.Position;
import io.kraft.engine.journal.RecordedJournal;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.Store;

/**
 * What runs have asked of each other, and what came of it, once all have ended: signals
 * arrive in the order in which they were sent, a parent gets the outcome that its child
 * has, and no partition has anything left to send.
 */
final class Asked {

	private final World world;

	private final Facts facts;

	Asked(World world, Facts facts) {
		this.world = world;
		this.facts = facts;
	}

	void check() {
		for (RunRow row : this.world.rows()) {
			try (Store store = this.world.storeOf(row.id())) {
				read(row, Rows.entries(store, row));
			}
		}
		for (int partition = 0; partition < this.world.partitions(); partition++) {
			checkOutbox(partition);
		}
	}

	private void read(RunRow row, List<JournalEntry> entries) {
		Map<Position, String> children = new HashMap<>();
		Map<String, Integer> counted = new HashMap<>();
		for (JournalEntry entry : entries) {
			if (entry instanceof ChildStarted child) {
				children.put(child.position(), child.childId());
			}
			else if (entry instanceof WaitEnded ended && ended.outcome() instanceof Outcome.Success(var value)) {
				if (ended.kind() == OperationKind.CHILD) {
					childEnded(row, children.get(ended.position()), value);
				}
				else if (ended.kind() == OperationKind.SIGNAL) {
					checkOrder(row, counted, text(value));
				}
			}
		}
	}

	/** Signals that one operation sends are counted, see {@link Op.SendSignal}. */
	private void checkOrder(RunRow row, Map<String, Integer> counted, String payload) {
		int at = payload.indexOf('#');
		if (at < 0 || this.world.isRetried(row.id())) {
			return;
		}
		int number = Integer.parseInt(payload.substring(at + 1, payload.length() - 1));
		Integer before = counted.put(payload.substring(0, at), number);
		if (before != null && number != before + 1) {
			this.world.report("signal-order",
					"run '" + row.id() + "' has taken " + payload + " behind number " + before);
		}
	}

	/** A child that was replaced, or retried, may have another outcome now. */
	private void childEnded(RunRow parent, String child, Payload outcome) {
		if (child == null || this.facts.isRemovable(child) || this.world.isRetried(child)) {
			return;
		}
		try (Store store = this.world.storeOf(child)) {
			store.run(child).ifPresent((row) -> {
				RecordedJournal journal = Rows.journal(store, row);
				if (journal.ended() == null || !(journal.ended().outcome() instanceof Outcome.Success(var value))
						|| !text(value).equals(text(outcome))) {
					this.world.report("child-outcome", "run '" + parent.id() + "' has got " + text(outcome)
							+ " of its child '" + child + "', which is " + row.status() + " with " + journal.ended());
				}
			});
		}
	}

	private void checkOutbox(int partition) {
		try (Store store = this.world.store(partition)) {
			store.channels().sent().forEach((target, mark) -> {
				if (mark.waiting() > 0) {
					this.world.report("outbox-left",
							mark.waiting() + " rows of partition " + partition + " still wait for partition " + target);
				}
			});
		}
	}

	private static String text(Payload value) {
		return new String(value.bytes(), StandardCharsets.UTF_8);
	}

}
