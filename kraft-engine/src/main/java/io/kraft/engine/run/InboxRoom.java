package io.kraft.engine.run;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import io.kraft.client.InboxFullException;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.ledger.RunRecord;
import io.kraft.engine.store.InboxSize;
import io.kraft.engine.store.Message;
import io.kraft.engine.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * Refuses messages to runs whose inboxes are full. Thread-safe.
 * <p>
 * How full an inbox is, is measured on disk when the first message to it comes. From then
 * on what comes is added, and what the run takes is subtracted. That sum may be too high:
 * not all that leaves an inbox passes by here, and the commit of a message may be
 * refused. So it is measured again where it is at the limit, but a sender that floods a
 * full inbox must not slow its run down by that: of a refusal, or a message that was
 * taken, it costs the reading of a few heads, on the whole.
 */
final class InboxRoom {

	/** What a message takes besides its payload, about. */
	private static final int MESSAGE_OVERHEAD = 256;

	/** How many heads may be read for each message that was refused or taken. */
	private static final int HEADS = 64;

	private static final int KNOWN_INBOXES = 1024;

	private final ReentrantLock lock = new ReentrantLock();

	private final Map<Long, Fill> fills = new LinkedHashMap<>(16, 0.75f, true);

	private final Store store;

	private final long limit;

	/**
	 * Knows of no inbox yet.
	 * @param limit most bytes of an inbox
	 */
	InboxRoom(Store store, long limit) {
		this.store = store;
		this.limit = limit;
	}

	/**
	 * Counts a message that is about to be sent, in a decision about its run. One that
	 * finds an empty inbox fits, however large it is.
	 * @throws InboxFullException if there is no room for it; it is not counted
	 */
	void take(String id, RunRecord record, String name, Outcome outcome) {
		check(id, record, name, outcome);
		long bytes = bytes(name, outcome);
		change(record.run(), (known) -> known.plus(bytes));
	}

	/**
	 * Looks for room for a message that is to be sent later, in a decision about its run.
	 * @throws InboxFullException if there is none now
	 */
	void check(String id, RunRecord record, String name, Outcome outcome) {
		long bytes = bytes(name, outcome);
		Fill fill = known(record.run());
		if (fill == null || (!fits(bytes, fill) && fill.isWorthMeasuring())) {
			if (fill != null) {
				record.awaitDurable();
			}
			fill = measured(record.run());
			remember(record.run(), fill);
		}
		if (!fits(bytes, fill)) {
			change(record.run(), Fill::paid);
			throw new InboxFullException("the inbox of run '" + id + "' holds " + fill.bytes()
					+ " bytes that the run has not taken, and at most " + this.limit + " are kept: a message of "
					+ bytes + " bytes does not fit. Send it again when the run has taken some, or raise "
					+ "kraft.engine.max-inbox. See docs/reference/errors.md#kraft-3012", null, id, this.limit);
		}
	}

	/**
	 * A message leaves the inbox.
	 */
	void giveBack(Message message) {
		change(message.run(), (fill) -> fill.minus(bytes(message.name(), message.outcome())).paid());
	}

	/**
	 * Measures the inbox of a run when the next message to it comes.
	 */
	void forget(long run) {
		change(run, (fill) -> null);
	}

	private boolean fits(long bytes, Fill fill) {
		return fill.bytes() == 0 || fill.bytes() + bytes <= this.limit;
	}

	/** Of a message as it is counted. */
	static long bytes(String name, Outcome outcome) {
		return MESSAGE_OVERHEAD + RunLimits.length(name)
				+ ((outcome instanceof Outcome.Success(Payload value)) ? value.bytes().length : 0);
	}

	private Fill measured(long run) {
		InboxSize size = this.store.inboxSize(run);
		return new Fill(size.messages(), size.bytes() + MESSAGE_OVERHEAD * size.messages(), 0);
	}

	private @Nullable Fill known(long run) {
		this.lock.lock();
		try {
			return this.fills.get(run);
		}
		finally {
			this.lock.unlock();
		}
	}

	private void remember(long run, Fill fill) {
		this.lock.lock();
		try {
			this.fills.put(run, fill);
			if (this.fills.size() > KNOWN_INBOXES) {
				this.fills.remove(this.fills.keySet().iterator().next());
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void change(long run, Function<Fill, @Nullable Fill> change) {
		this.lock.lock();
		try {
			this.fills.computeIfPresent(run, (number, fill) -> change.apply(fill));
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * How full an inbox is.
	 *
	 * @param messages in it
	 * @param bytes that these take
	 * @param readable how many heads may be read to measure it again
	 */
	private record Fill(long messages, long bytes, long readable) {

		Fill plus(long size) {
			return new Fill(this.messages + 1, this.bytes + size, this.readable + 1);
		}

		Fill minus(long size) {
			return new Fill(Math.max(0, this.messages - 1), Math.max(0, this.bytes - size), this.readable);
		}

		Fill paid() {
			return new Fill(this.messages, this.bytes, this.readable + HEADS);
		}

		boolean isWorthMeasuring() {
			return this.readable >= this.messages;
		}

	}

}
