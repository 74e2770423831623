package io.kraft.engine.client;

import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import io.kraft.client.OverloadedException;
import io.kraft.engine.call.CallingNode;
import io.kraft.engine.journal.JournalTooLargeException;
import io.kraft.engine.journal.RecordedJournal;
import io.kraft.engine.memory.ByteBudget;
import io.kraft.engine.memory.JournalShare;
import io.kraft.engine.routing.Call;
import io.kraft.engine.routing.RunService;
import io.kraft.engine.routing.StartedRun;
import org.jspecify.annotations.Nullable;

/**
 * Reads whole journals for people, as many at a time as there is memory for: a journal
 * may be large, and nothing else bounds how many are looked at. What is read for them
 * does not count among the journals that runs replay. Thread-safe; nothing waits.
 */
final class ShownJournals {

	/** How much of a text there is at a time: as entries, nodes, and copies of it. */
	private static final int TEXT_FACTOR = 4;

	private final ByteBudget budget;

	private final BiConsumer<StartedRun, Consumer<byte[]>> journals;

	/**
	 * Reads nothing yet.
	 * @param budget of all journals that are read at a time
	 * @param journals hands each encoded entry of a run to a reader
	 */
	ShownJournals(ByteBudget budget, BiConsumer<StartedRun, Consumer<byte[]>> journals) {
		this.budget = budget;
		this.journals = journals;
	}

	/**
	 * Of the runs of a partition, in the memory of the node on which they are shown.
	 */
	static ShownJournals of(RunService service, CallingNode node) {
		return new ShownJournals(node.shownJournals(), (run, reader) -> service.journal(Call.OWN, run, reader));
	}

	/**
	 * Reads the journal of a run, which counts as held until the view is made of it.
	 * @throws JournalTooLargeException if it would not fit if it were read alone
	 * @throws OverloadedException if it does not fit beside those that are read now
	 */
	<T extends @Nullable Object> T read(StartedRun run, Function<RecordedJournal, T> view) {
		JournalShare share = new JournalShare(this.budget);
		try {
			return view.apply(recorded(run, share));
		}
		finally {
			share.giveBackAll();
		}
	}

	private RecordedJournal recorded(StartedRun run, JournalShare share) {
		RecordedJournal journal = new RecordedJournal();
		this.journals.accept(run, (entry) -> {
			if (share.take(entry.length)) {
				journal.add(entry);
			}
		});
		check(run, share);
		return journal;
	}

	/**
	 * Writes all entries of a run's journal as one text, which takes several times as
	 * much as they do.
	 * @throws JournalTooLargeException as {@link #read}
	 * @throws OverloadedException as {@link #read}
	 */
	<T> T whole(StartedRun run, Supplier<T> reading) {
		JournalShare share = new JournalShare(this.budget);
		try {
			this.journals.accept(run,
					(entry) -> share.take((int) Math.min(Integer.MAX_VALUE, (long) TEXT_FACTOR * entry.length)));
			check(run, share);
			return reading.get();
		}
		finally {
			share.giveBackAll();
		}
	}

	private void check(StartedRun run, JournalShare share) {
		if (share.isTooLarge()) {
			throw new JournalTooLargeException(run.id(), share.size(), this.budget.limit());
		}
		if (!share.fits()) {
			throw new OverloadedException("the journal of run '" + run.id() + "' takes " + share.size()
					+ " bytes in memory, and all journals that are shown at a time may take " + this.budget.limit()
					+ ", which others do now. Ask again later. See docs/reference/errors.md#kraft-3005");
		}
	}

}
