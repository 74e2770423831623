package io.kraft.engine.store;

import java.time.Instant;

import io.kraft.engine.journal.Outcome;

/**
 * Something that was sent to a run and that the run has not taken yet.
 *
 * @param run number of the run that it is for
 * @param sequence rises with each message of the partition
 * @param kind what it is
 * @param name of the signal, or the position at which the callback was opened
 * @param outcome the payload; a failure where the sender says so
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
		CALLBACK(2);

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

	}

}
