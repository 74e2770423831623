package io.kraft.engine.replay;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.kraft.engine.journal.JournalCodec;
import io.kraft.engine.journal.JournalEntry.OperationEntry;
import io.kraft.engine.journal.OperationKind;
import io.kraft.engine.journal.UnreadableEntryException;
import io.kraft.engine.state.RunState;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.Store;

/**
 * The journal of a run, read at one time, to be replayed elsewhere.
 */
final class JournalCopy {

	/** A journal with more bytes is not replayed: it would be in memory twice. */
	static final long MAX_BYTES = 64L * 1024 * 1024;

	private final RunRow row;

	private final List<byte[]> entries = new ArrayList<>();

	private long bytes;

	private JournalCopy(RunRow row) {
		this.row = row;
	}

	static JournalCopy read(Store store, RunRow row) {
		JournalCopy copy = new JournalCopy(row);
		store.journal(row.number(), 0, copy::add);
		return copy;
	}

	private void add(byte[] entry) {
		this.bytes += entry.length;
		if (isTooLarge()) {
			this.entries.clear();
		}
		else {
			this.entries.add(entry);
		}
	}

	RunRow row() {
		return this.row;
	}

	/** Of its entries; where it is too large, they are not kept. */
	long bytes() {
		return this.bytes;
	}

	boolean isTooLarge() {
		return this.bytes > MAX_BYTES;
	}

	/**
	 * What makes it a run that was executing when its engine died.
	 */
	List<Change> changes() {
		List<Change> changes = new ArrayList<>();
		changes.add(new Change.RunChanged(null, executing()));
		for (byte[] entry : this.entries) {
			changes.add(new Change.EntryAppended(this.row.number(), changes.size() - 1, entry));
		}
		return changes;
	}

	private RunRow executing() {
		return new RunRow(this.row.number(), this.row.id(), this.row.name(), this.row.version(), this.row.step(),
				this.row.tags(), this.row.priority(), this.row.parentId(), this.row.createdAt(),
				Objects.requireNonNullElse(this.row.startedAt(), this.row.createdAt()), 0, new RunState.Running());
	}

	/**
	 * The changes of the code that are marked in it.
	 */
	Set<String> patches() {
		Set<String> patches = new HashSet<>();
		try {
			for (byte[] encoded : this.entries) {
				if (JournalCodec.decode(encoded) instanceof OperationEntry entry
						&& entry.kind() == OperationKind.PATCH) {
					patches.add(entry.name());
				}
			}
		}
		catch (UnreadableEntryException ex) {
			// Its replay says so.
		}
		return patches;
	}

}
