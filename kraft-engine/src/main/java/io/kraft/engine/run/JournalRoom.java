package io.kraft.engine.run;

import java.util.concurrent.atomic.AtomicBoolean;

import io.kraft.workflow.JournalFullException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many entries a run's journal may still take: warns once when half of them are
 * written, and pauses the run when all are. Thread-safe.
 */
final class JournalRoom {

	private static final Logger logger = LoggerFactory.getLogger(JournalRoom.class);

	private final RunJournal journal;

	private final RunContinuation continuation;

	private final int limit;

	private final AtomicBoolean warned = new AtomicBoolean();

	/**
	 * Of a journal.
	 * @param limit most entries that it may have
	 */
	JournalRoom(RunJournal journal, RunContinuation continuation, int limit) {
		this.journal = journal;
		this.continuation = continuation;
		this.limit = limit;
	}

	/**
	 * Checks that there is room for one more operation.
	 * @throws RunUnwound if there is none
	 */
	void check() {
		int length = this.journal.length();
		if (length >= this.limit) {
			throw this.continuation.pause(new JournalFullException(
					"the journal of run '" + this.journal.row().id() + "' has " + length
							+ " entries, which is the limit. Raise kraft.engine.max-journal-entries for now, and let "
							+ "long loops continue as new. See docs/reference/errors.md#kraft-1007",
					null, this.journal.row().id(), this.limit));
		}
		if (length >= this.limit / 2 && this.warned.compareAndSet(false, true)) {
			logger.warn(
					"The journal of run '{}' has {} entries; at {} the run will be paused "
							+ "(kraft.engine.max-journal-entries): let it continue as new before",
					this.journal.row().id(), length, this.limit);
		}
	}

}
