package io.kraft.test.replay;

import io.kraft.engine.export.ExportedJournal;

/**
 * The result of the replay of a recorded journal.
 */
public sealed interface ReplayResult {

	/** The recorded journal. */
	ExportedJournal journal();

	/**
	 * The code came to the recorded end; or it came to its end, where none is recorded.
	 */
	record Ended(ExportedJournal journal) implements ReplayResult {

		@Override
		public String toString() {
			return "run '" + this.journal.id() + "' replays to its end";
		}

	}

	/**
	 * The code came to where the run stood when its journal was exported.
	 *
	 * @param where in words
	 */
	record Standing(ExportedJournal journal, String where) implements ReplayResult {

		@Override
		public String toString() {
			return "run '" + this.journal.id() + "' replays to where it stood: " + this.where;
		}

	}

	/**
	 * The code took another path, or came to another end.
	 *
	 * @param difference the first one, in words
	 */
	record Different(ExportedJournal journal, String difference) implements ReplayResult {

		@Override
		public String toString() {
			return "run '" + this.journal.id() + "' (" + this.journal.workflow() + ", version " + this.journal.version()
					+ ") does not replay: " + this.difference;
		}

	}

}
