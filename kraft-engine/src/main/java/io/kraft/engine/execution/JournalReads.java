package io.kraft.engine.execution;

import java.util.function.Function;
import java.util.function.Supplier;

import io.kraft.client.OverloadedException;
import io.kraft.engine.journal.JournalTooLargeException;
import io.kraft.engine.journal.RecordedJournal;
import io.kraft.engine.memory.ByteBudget;
import io.kraft.engine.memory.JournalShare;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * Reads whole journals for people, as many at a time as there is memory for: a journal
 * may be large, and nothing else bounds how many are looked at. What is read for them
 * does not count among the journals that runs replay. Thread-safe; nothing waits.
 */
public final class JournalReads {

	/** How much of a text there is at a time: as entries, nodes, and copies of it. */
	private static final int TEXT_FACTOR = 4;

	private final ByteBudget budget;

	private final Store store;

	/**
	 * Reads nothing yet.
	 * @param budget of all journals that are read at a time
	 */
	JournalReads(ByteBudget budget, Store store) {
		this.budget = budget;
		this.store = store;
	}

	/**
	 * Reads the journal of a run, which counts as held until the view is made of it.
	 * @throws JournalTooLargeException if it would not fit if it were read alone
	 * @throws OverloadedException if it does not fit beside those that are read now
	 */
	public <T extends @Nullable Object> T read(RunRow row, Function<RecordedJournal, T> view) {
		JournalShare share = new JournalShare(this.budget);
		try {
			return view.apply(recorded(row, share));
		}
		finally {
			share.giveBackAll();
		}
	}

	private RecordedJournal recorded(RunRow row, JournalShare share) {
		RecordedJournal journal = new RecordedJournal();
		this.store.journal(row.number(), 0, (entry) -> {
			if (share.take(entry.length)) {
				journal.add(entry);
			}
		});
		check(row, share);
		return journal;
	}

	/**
	 * Writes all entries of a run's journal as one text, which takes several times as
	 * much as they do.
	 * @throws JournalTooLargeException as {@link #read}
	 * @throws OverloadedException as {@link #read}
	 */
	public <T> T whole(RunRow row, Supplier<T> reading) {
		JournalShare share = new JournalShare(this.budget);
		try {
			this.store.journal(row.number(), 0,
					(entry) -> share.take((int) Math.min(Integer.MAX_VALUE, (long) TEXT_FACTOR * entry.length)));
			check(row, share);
			return reading.get();
		}
		finally {
			share.giveBackAll();
		}
	}

	private void check(RunRow row, JournalShare share) {
		if (share.isTooLarge()) {
			throw new JournalTooLargeException(row.id(), share.size(), this.budget.limit());
		}
		if (!share.fits()) {
			throw new OverloadedException("the journal of run '" + row.id() + "' takes " + share.size()
					+ " bytes in memory, and all journals that are shown at a time may take " + this.budget.limit()
					+ ", which others do now. Ask again later. See docs/reference/errors.md#kraft-3005");
		}
	}

}
