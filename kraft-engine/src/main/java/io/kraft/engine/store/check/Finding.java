package io.kraft.engine.store.check;

import io.kraft.engine.journal.MaskedTokens;
import org.jspecify.annotations.Nullable;

/**
 * One difference between what a store holds and what it must hold. Immutable.
 *
 * @param kind what is wrong
 * @param run number of the run that it is about; 0 if it is about none
 * @param id of that run; null if it is not known, or it is about none
 * @param where the part of the store: a key, an entry, a message
 * @param expected what should be there
 * @param found what is there
 */
public record Finding(Kind kind, long run, @Nullable String id, String where, String expected, String found) {

	private static final int LONGEST = 300;

	public Finding {
		where = cut(where);
		expected = cut(expected);
		found = cut(found);
	}

	/** What a damaged store holds may be long. */
	private static String cut(String text) {
		return MaskedTokens.cut(text, LONGEST);
	}

	/**
	 * In one line, for display.
	 */
	@Override
	public String toString() {
		String subject = (this.run == 0) ? "" : " run " + this.run + ((this.id != null) ? " '" + this.id + "'" : "");
		return this.kind.severity() + " " + this.kind + subject + ", " + this.where + ": expected " + this.expected
				+ ", found " + this.found + (this.kind.isRepairable() ? " (repairable)" : "");
	}

	/**
	 * How bad it is.
	 */
	public enum Severity {

		/** A guarantee is violated. */
		VIOLATION,

		/** A leftover, which the engine removes or never reads. */
		HARMLESS

	}

	/**
	 * What can be wrong.
	 */
	public enum Kind {

		/** A part of the store cannot be read from the medium. */
		UNREADABLE_SPACE(Severity.VIOLATION, false),

		/** A key that no version of Kraft writes. */
		UNKNOWN_KEY(Severity.VIOLATION, false),

		/** A row, message, value, schedule or mark that cannot be decoded. */
		UNREADABLE_VALUE(Severity.VIOLATION, false),

		/** A journal entry that cannot be decoded. */
		UNREADABLE_ENTRY(Severity.VIOLATION, false),

		/** A row whose fields do not fit its status. */
		ROW(Severity.VIOLATION, false),

		/** Two runs have the same id. */
		DUPLICATE_ID(Severity.VIOLATION, false),

		/** A run was created before one of a lower number. */
		CREATION_ORDER(Severity.VIOLATION, false),

		/** A run is not found by one of its properties. */
		INDEX_MISSING(Severity.VIOLATION, true),

		/**
		 * A run is found by a property that it does not have, or there is no such run.
		 */
		INDEX_WRONG(Severity.VIOLATION, true),

		/** The persisted number of runs is not the number of rows. */
		COUNT(Severity.VIOLATION, true),

		/** A run without a journal. */
		JOURNAL_MISSING(Severity.VIOLATION, false),

		/** A journal without a run. */
		JOURNAL_ORPHAN(Severity.VIOLATION, false),

		/** The sequence of a journal's entries has a gap. */
		JOURNAL_GAP(Severity.VIOLATION, false),

		/** A journal that does not begin with its start, or has one in the middle. */
		JOURNAL_START(Severity.VIOLATION, false),

		/** The end of a journal does not fit the row, or is not its end. */
		JOURNAL_END(Severity.VIOLATION, false),

		/** A run waits for a time, and nothing will wake it. */
		TIMER_MISSING(Severity.VIOLATION, true),

		/** A timer for which no run waits. */
		TIMER_LEFT(Severity.HARMLESS, true),

		/** A message, known message id, published value or progress without a run. */
		ORPHAN(Severity.VIOLATION, false),

		/** A message to a run that has ended. */
		MESSAGE_LEFT(Severity.HARMLESS, false),

		/** A message whose content cannot be right. */
		MESSAGE(Severity.VIOLATION, false),

		/** A run that watches another one and has ended, or does not wait for it. */
		WATCHER_LEFT(Severity.HARMLESS, false),

		/** A run waits for a child whose end it will never be notified of. */
		CHILD_LOST(Severity.VIOLATION, false),

		/** A run that has ended and will not expire, or has not and will. */
		EXPIRY(Severity.VIOLATION, false),

		/** An attempt at an item of a queue that was never started. */
		QUEUE_ATTEMPT(Severity.VIOLATION, false),

		/** The rows that wait for another partition are not those between its marks. */
		CHANNEL(Severity.VIOLATION, false),

		/**
		 * A request that was answered is not found by its time, or one is found that was
		 * not.
		 */
		REQUEST(Severity.VIOLATION, true);

		private final Severity severity;

		private final boolean repairable;

		Kind(Severity severity, boolean repairable) {
			this.severity = severity;
			this.repairable = repairable;
		}

		/**
		 * How bad it is.
		 */
		public Severity severity() {
			return this.severity;
		}

		/**
		 * Whether a repair rebuilds it from what is not damaged.
		 */
		public boolean isRepairable() {
			return this.repairable;
		}

	}

}
