package io.kraft.engine.message.channel;

import java.util.List;

import io.kraft.engine.store.ChannelOrderException;
import io.kraft.engine.store.OutboxEntry;
import io.kraft.engine.store.OutboxRow;

/**
 * A channel from one other partition, as its receiver sees it: which rows of a batch are
 * to be submitted, in which order, and what follows from a refusal.
 * <p>
 * Each row is one commit: its effect, and the mark. Rows are submitted one after another
 * and need not wait for each other, since commits become durable in the order in which
 * they were submitted, and the store refuses a mark that does not follow the last one. So
 * no row may be submitted before all earlier ones were, and when a commit has failed all
 * begins again behind what the {@linkplain #restart store holds}. The answer to the
 * sender is what is durable, never what was submitted. For one batch at a time; not
 * thread-safe.
 */
public final class ChannelReceiver {

	private final int source;

	private long submitted;

	/**
	 * A channel of which nothing was submitted by this owner of the partition.
	 * @param source number of the sender's partition
	 * @param taken sequence of the last row that was taken, as the store has it
	 */
	public ChannelReceiver(int source, long taken) {
		this.source = source;
		this.submitted = taken;
	}

	/**
	 * The rows of a batch that are to be submitted: those that were not before.
	 * @throws ChannelOrderException if rows before them, or among them, are missing;
	 * nothing of the batch must be submitted
	 */
	public List<OutboxEntry> accept(List<OutboxEntry> batch) {
		if (batch.isEmpty()) {
			return batch;
		}
		long first = batch.getFirst().sequence();
		if (first > this.submitted + 1) {
			throw ChannelOrderException.taken(this.source, this.submitted + 1, first);
		}
		for (int i = 1; i < batch.size(); i++) {
			if (batch.get(i).sequence() != first + i) {
				throw ChannelOrderException.taken(this.source, first + i, batch.get(i).sequence());
			}
		}
		long known = Math.min(this.submitted - first + 1, batch.size());
		return batch.subList((int) known, batch.size());
	}

	/**
	 * What follows from what has become of a row; the rows are those that were accepted,
	 * in order.
	 */
	public Reaction after(OutboxEntry entry, Submission submission) {
		if (entry.sequence() != this.submitted + 1) {
			throw ChannelOrderException.taken(this.source, this.submitted + 1, entry.sequence());
		}
		return switch (submission) {
			case SUBMITTED -> {
				this.submitted = entry.sequence();
				yield Reaction.CONTINUE;
			}
			case OVERLOADED -> Reaction.END_BATCH;
			case REFUSED -> refused(entry.row());
			case FAILED -> Reaction.STOP;
		};
	}

	private static Reaction refused(OutboxRow row) {
		return switch (row) {
			case OutboxRow.StartChild start -> Reaction.ANSWER;
			case OutboxRow.Watch watch -> Reaction.ANSWER;
			case OutboxRow.Start start -> Reaction.DROP;
			case OutboxRow.Signal signal -> Reaction.DROP;
			case OutboxRow.Cancel cancel -> Reaction.DROP;
			case OutboxRow.ChildEnded ended -> Reaction.DROP;
		};
	}

	/**
	 * A commit that was submitted has failed: nothing that was submitted with it or after
	 * it is taken.
	 * @param taken sequence of the last row that was taken, as the store has it
	 */
	public void restart(long taken) {
		this.submitted = taken;
	}

	/**
	 * Sequence of the last row that was submitted.
	 */
	public long submitted() {
		return this.submitted;
	}

	/**
	 * What follows from what has become of a row.
	 */
	public enum Reaction {

		/** The next row. */
		CONTINUE,

		/** No further row of this batch: the sender sends them again. */
		END_BATCH,

		/** A {@code ChildEnded} with the failure is submitted with the mark. */
		ANSWER,

		/** The mark is submitted alone, and the row is logged. */
		DROP,

		/** No further row: an alarm, and the sender tries again. */
		STOP

	}

}
