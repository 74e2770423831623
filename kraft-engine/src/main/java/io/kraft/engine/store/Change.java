package io.kraft.engine.store;

import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Payload;
import org.jspecify.annotations.Nullable;

/**
 * One write that a commit makes. All changes of a commit are applied, or none.
 */
public sealed interface Change {

	/** The length of a journal that is not known. */
	int UNKNOWN_LENGTH = -1;

	/** About how many bytes it writes, for the capping of batches. */
	default int sizeBytes() {
		return 64;
	}

	/**
	 * An entry at the end of a run's journal.
	 *
	 * @param run number of the run
	 * @param sequence 0 for the first entry of the journal, then one more each
	 * @param entry encoded by {@link io.kraft.engine.journal.JournalCodec} on the thread
	 * that made it
	 */
	@SuppressWarnings("ArrayRecordComponent") // Changes are applied, never compared.
	record EntryAppended(long run, int sequence, byte[] entry) implements Change {

		@Override
		public int sizeBytes() {
			return this.entry.length + 32;
		}

	}

	/**
	 * All entries of a run's journal are removed, those of the same commit before this
	 * included; and the progress that its steps have reported, as far as it was durable
	 * before.
	 *
	 * @param run number of the run
	 * @param entries how many there are, those of the same commit before this included,
	 * so that the store need not look; {@link #UNKNOWN_LENGTH} if that is not known. No
	 * entry stays if it is wrong.
	 */
	record JournalCleared(long run, int entries) implements Change {

		public JournalCleared(long run) {
			this(run, UNKNOWN_LENGTH);
		}

		@Override
		public int sizeBytes() {
			return 64 + 24 * Math.max(0, this.entries);
		}

	}

	/**
	 * A run's row, with the indexes that follow from it.
	 *
	 * @param before the row as the store holds it; null for a new run
	 * @param after the row to hold; same number and id
	 */
	record RunChanged(@Nullable RunRow before, RunRow after) implements Change {

		@Override
		public int sizeBytes() {
			return 256;
		}

	}

	/**
	 * A run is removed with its journal, its indexes, its messages, what it published and
	 * the progress of its steps. Its timers must be removed before.
	 *
	 * @param row as the store holds it
	 * @param entries how many its journal has, so that the store need not look;
	 * {@link #UNKNOWN_LENGTH} if that is not known. No entry stays if it is wrong.
	 */
	record RunRemoved(RunRow row, int entries) implements Change {

		public RunRemoved(RunRow row) {
			this(row, UNKNOWN_LENGTH);
		}

	}

	/**
	 * A message is put into its run's inbox.
	 *
	 * @param id under which a repeated delivery is known; null if it cannot be repeated
	 */
	record MessageAdded(Message message, @Nullable String id) implements Change {

		@Override
		public int sizeBytes() {
			return 128 + ((this.message.outcome() instanceof Outcome.Success(var value)) ? value.bytes().length : 1024);
		}

	}

	/**
	 * A message is taken out of its run's inbox, with what it carries.
	 */
	record MessageTaken(long run, long sequence) implements Change {
	}

	/**
	 * A durable message moves out of the inbox of a run that has ended and may be
	 * retried.
	 *
	 * @param message what it carries is not looked at, and stays where it is
	 */
	record MessageSetAside(Message message) implements Change {
	}

	/**
	 * A message that was set aside durably is in the inbox again.
	 *
	 * @param message what it carries is not looked at, and stays where it is
	 */
	record MessageReturned(Message message) implements Change {
	}

	/**
	 * The id of a message is no longer known: the next delivery is a new message.
	 */
	record MessageForgotten(long run, String id) implements Change {
	}

	/**
	 * A run publishes a value under a key, in place of the one before.
	 */
	record ValuePublished(long run, String key, Payload value) implements Change {

		@Override
		public int sizeBytes() {
			return 64 + this.value.bytes().length;
		}

	}

	/**
	 * A step reports its progress, in place of what it reported before.
	 *
	 * @param step its place and name
	 */
	record ProgressReported(long run, String step, Payload progress) implements Change {

		@Override
		public int sizeBytes() {
			return 64 + this.progress.bytes().length;
		}

	}

	/**
	 * The progress of a step is no longer needed; if it has reported none, that is no
	 * error.
	 *
	 * @param step its place and name
	 */
	record ProgressForgotten(long run, String step) implements Change {
	}

	/**
	 * The row of a schedule, in place of the one before.
	 */
	record ScheduleChanged(ScheduleRow row) implements Change {

		@Override
		public int sizeBytes() {
			return 128;
		}

	}

	/**
	 * A queue is paused, or is resumed.
	 */
	record QueuePaused(String queue, boolean paused) implements Change {
	}

	/**
	 * An attempt at an item of a queue is kept.
	 */
	record AttemptCounted(QueueAttempt attempt) implements Change {
	}

	/**
	 * An attempt no longer counts; an unknown one is no error.
	 */
	record AttemptForgotten(QueueAttempt attempt) implements Change {
	}

	/**
	 * A timer is set.
	 */
	record TimerSet(Timer timer) implements Change {
	}

	/**
	 * A timer has fired or is no longer needed; an unknown one is no error.
	 */
	record TimerRemoved(Timer timer) implements Change {
	}

	/**
	 * A row for another partition is put at the end of the channel to it. Its sequence is
	 * given when this is applied, so that the order of sequences is that of the commits:
	 * one that was drawn before could be overtaken, and would then be taken for a
	 * repetition.
	 *
	 * @param target number of that partition
	 */
	record OutboxAdded(int target, OutboxRow row) implements Change {

		@Override
		public int sizeBytes() {
			return this.row.sizeBytes();
		}

	}

	/**
	 * Rows were taken by another partition, and are no longer needed; those that were
	 * removed already are no error.
	 *
	 * @param target number of that partition
	 * @param upTo sequence of the last one
	 */
	record OutboxRemoved(int target, long upTo) implements Change {
	}

	/**
	 * A row of another partition has its effect with this commit. It must follow the last
	 * one directly.
	 *
	 * @param source number of that partition
	 * @param sequence of the row
	 */
	record ChannelTaken(int source, long sequence) implements Change {
	}

	/**
	 * A request from another process has its effect with this commit. It must not have
	 * had it before.
	 */
	record RequestAnswered(AnsweredRequest request) implements Change {

		@Override
		public int sizeBytes() {
			return 128 + this.request.answer().length();
		}

	}

	/**
	 * The answer of a request is no longer needed.
	 *
	 * @param request as it was read
	 */
	record RequestForgotten(AnsweredRequest request) implements Change {
	}

}
