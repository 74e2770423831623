package io.kraft.engine.message.channel;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.kraft.engine.store.ChannelMark;
import io.kraft.engine.store.ChannelOrderException;
import io.kraft.engine.store.OutboxEntry;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * A channel to one other partition, as its sender sees it: what is to be sent next, and
 * when; what was taken there, and can be removed here.
 * <p>
 * One batch is under way at a time. It begins behind the last row that the receiver has
 * acknowledged, which need not be removed yet: removals go with the next commit, and a
 * new owner of this partition sends what was not removed again. The receiver knows what
 * it has taken, so it is enough to be sure that every row is sent at least once, in
 * order.
 * <p>
 * Nothing is guessed. A receiver that has taken less than it acknowledged, or more than
 * was ever given, was restored from a backup without this partition, or this one without
 * it: an {@link #alarm()}, and the channel stands still. Not thread-safe.
 */
public final class Channel {

	/** How many rows may wait before new ones of workflow code have to. */
	public static final long MOST_ROWS = 100_000;

	/** Before the second attempt; twice as long before each further one. */
	public static final Duration SHORTEST_DELAY = Duration.ofMillis(50);

	/** Between attempts, at most. */
	public static final Duration LONGEST_DELAY = Duration.ofSeconds(1);

	private final int target;

	private ChannelMark mark;

	private long acknowledged;

	private boolean isUnderWay;

	private Duration delay = Duration.ZERO;

	private Instant notBefore = Instant.MIN;

	private @Nullable KraftException alarm;

	/**
	 * A channel whose rows have not been sent by this owner of the partition.
	 * @param target number of the receiver's partition
	 * @param mark as the store has it
	 */
	public Channel(int target, ChannelMark mark) {
		this.target = target;
		this.mark = mark;
		this.acknowledged = mark.removed();
	}

	/**
	 * Rows were added or removed durably.
	 * @param mark as the store has it; an older one than was known has no effect
	 */
	public void committed(ChannelMark mark) {
		this.mark = new ChannelMark(Math.max(mark.last(), this.mark.last()),
				Math.max(mark.removed(), this.mark.removed()));
	}

	/**
	 * What is to be done now.
	 */
	public Next next(Instant now) {
		if (this.isUnderWay || this.acknowledged >= this.mark.last()) {
			return new Next.Nothing();
		}
		return now.isBefore(this.notBefore) ? new Next.Later(this.notBefore)
				: new Next.Send(this.acknowledged, this.mark.last());
	}

	/**
	 * A batch is sent.
	 * @param batch what the store has behind the last row that was acknowledged
	 * @throws ChannelOrderException if a row is missing there; nothing must be sent
	 */
	public void begin(List<OutboxEntry> batch) {
		long expected = this.acknowledged;
		for (OutboxEntry entry : batch) {
			if (entry.sequence() != ++expected) {
				throw ChannelOrderException.sent(this.target, expected, entry.sequence());
			}
		}
		if (batch.isEmpty()) {
			throw ChannelOrderException.sent(this.target, this.acknowledged + 1, 0);
		}
		this.isUnderWay = true;
	}

	/**
	 * The receiver has answered.
	 * @param taken sequence of the last row that it has taken, durably
	 * @return the sequence up to which rows are to be removed; 0 if none are
	 */
	public long answered(long taken, Instant now) {
		this.isUnderWay = false;
		if (taken < this.acknowledged || taken > this.mark.last()) {
			stopped(ChannelOrderException.acknowledged(this.target, this.acknowledged, this.mark.last(), taken), now);
			return 0;
		}
		if (taken == this.acknowledged) {
			// It took nothing of it: it is overloaded.
			failed(now);
			return 0;
		}
		this.acknowledged = taken;
		this.delay = Duration.ZERO;
		this.notBefore = Instant.MIN;
		this.alarm = null;
		return taken;
	}

	/**
	 * The batch under way has no answer, because the receiver is not reached, has no
	 * owner, or takes nothing now. It is sent again after a delay.
	 */
	public void failed(Instant now) {
		this.isUnderWay = false;
		Duration next = this.delay.isZero() ? SHORTEST_DELAY : this.delay.multipliedBy(2);
		this.delay = (next.compareTo(LONGEST_DELAY) < 0) ? next : LONGEST_DELAY;
		this.notBefore = now.plus(this.delay);
	}

	/**
	 * The batch under way cannot be sent or taken, for a reason that must be seen. It is
	 * tried again with the longest delay.
	 */
	public void stopped(KraftException cause, Instant now) {
		this.isUnderWay = false;
		this.alarm = cause;
		this.delay = LONGEST_DELAY;
		this.notBefore = now.plus(this.delay);
	}

	/**
	 * Why it stands still; null if it does not, or does so because the receiver is not
	 * reached.
	 */
	public @Nullable KraftException alarm() {
		return this.alarm;
	}

	/**
	 * How many rows wait to be taken and removed.
	 */
	public long waiting() {
		return this.mark.waiting();
	}

	/**
	 * What is to be done for a channel.
	 */
	public sealed interface Next {

		/**
		 * Rows are to be read and sent.
		 *
		 * @param after only those with a higher sequence
		 * @param last none with a higher one: it may be there before the mark is
		 */
		record Send(long after, long last) implements Next {
		}

		/**
		 * Nothing before a time.
		 *
		 * @param at when to ask again
		 */
		record Later(Instant at) implements Next {
		}

		/** Nothing before an answer, or a further row. */
		record Nothing() implements Next {
		}

	}

}
