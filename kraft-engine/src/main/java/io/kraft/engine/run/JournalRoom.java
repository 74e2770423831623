package io.kraft.engine.run;

import java.util.concurrent.atomic.AtomicBoolean;

import io.kraft.workflow.JournalFullException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many entries and bytes a run's journal may still take: warns once when half of them
 * are written, and pauses the run when all are. Thread-safe.
 */
final class JournalRoom {

	private static final Logger logger = LoggerFactory.getLogger(JournalRoom.class);

	private final RunJournal journal;

	private final RunContinuation continuation;

	private final ExecutionSettings settings;

	private final AtomicBoolean warned = new AtomicBoolean();

	/**
	 * Of a journal.
	 * @param settings how long and how large it may be
	 */
	JournalRoom(RunJournal journal, RunContinuation continuation, ExecutionSettings settings) {
		this.journal = journal;
		this.continuation = continuation;
		this.settings = settings;
	}

	/**
	 * Checks that there is room for one more operation.
	 * @throws RunUnwound if there is none
	 */
	void check() {
		check(this.journal.length(), this.settings.maxJournalEntries(), "entries", "kraft.engine.max-journal-entries");
		check(this.journal.sizeBytes(), this.settings.limits().journal(), "bytes", "kraft.engine.max-journal-size");
	}

	private void check(long size, long limit, String unit, String property) {
		if (size >= limit) {
			throw this.continuation.pause(new JournalFullException(
					"the journal of run '" + this.journal.row().id() + "' has " + size + " " + unit
							+ ", which is the limit. Raise " + property + " for now, and let "
							+ "long loops continue as new. See docs/reference/errors.md#kraft-1007",
					null, this.journal.row().id(), limit));
		}
		if (size >= limit / 2 && this.warned.compareAndSet(false, true)) {
			logger.warn(
					"The journal of run '{}' has {} {}; at {} the run will be paused ({}): let it continue as new before",
					this.journal.row().id(), size, unit, limit, property);
		}
	}

}
