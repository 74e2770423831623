package io.kraft.engine.store;

import java.time.Instant;

import io.kraft.engine.journal.Outcome;

/**
 * Something that was sent to a run and that the run has not taken yet.
 *
 * @param run number of the run that it is for
 * @param sequence rises with each message of the partition
 * @param kind what it is
 * @param name of the signal; the position of the callback or of the child; of a watch,
 * the run that watches; empty for other requests
 * @param outcome the payload; a failure where the sender reports one
 * @param at when it was sent, in whole milliseconds
 */
public record Message(long run, long sequence, Kind kind, String name, Outcome outcome, Instant at) {

	/**
	 * What a message is.
	 */
	public enum Kind {

		/** A signal with a name. */
		SIGNAL(1),

		/** The completion of a callback. */
		CALLBACK(2),

		/** The request to cancel the run. */
		CANCEL(3),

		/** The request of another run to be notified of the end. */
		WATCH(4),

		/** The end of another run that this one watches. */
		CHILD_ENDED(5),

		/** The request to pause the run. */
		PAUSE(6),

		/** The request to fail the run; its outcome has the reason. */
		FAIL(7);

		private final int code;

		Kind(int code) {
			this.code = code;
		}

		/**
		 * What is written down; never used again for another kind.
		 */
		public int code() {
			return this.code;
		}

		/**
		 * Whether it requests the end of the run's code, whether or not that has begun.
		 */
		public boolean isToEnd() {
			return this == CANCEL || this == FAIL;
		}

		/**
		 * Whether the run's code takes it; others are for the engine.
		 */
		public boolean isForCode() {
			return this == SIGNAL || this == CALLBACK || this == CHILD_ENDED;
		}

	}

}
