package io.kraft.engine.run;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

import io.kraft.client.InboxFullException;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.ledger.RunRecord;
import io.kraft.engine.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * Refuses messages to runs whose inboxes are full. Thread-safe.
 * <p>
 * How full an inbox is, is measured on disk when the first message to it comes, and from
 * then on added up; what the run takes is not followed. Where the sum comes to the limit,
 * it is measured again, so that the cost of measuring is shared by many messages.
 */
final class InboxRoom {

	/** What a message takes besides its payload, about. */
	private static final int MESSAGE_OVERHEAD = 256;

	private static final int KNOWN_INBOXES = 1024;

	private final ReentrantLock lock = new ReentrantLock();

	private final Map<Long, Long> sizes = new LinkedHashMap<>(16, 0.75f, true);

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
		long bytes = RunLimits.length(name) + bytes(outcome);
		Long known = known(record.run());
		long size = (known != null) ? known : 0;
		if (known == null || size + bytes > this.limit) {
			if (known != null) {
				record.awaitDurable();
			}
			size = this.store.inboxSize(record.run(), MESSAGE_OVERHEAD);
		}
		if (size > 0 && size + bytes > this.limit) {
			remember(record.run(), size);
			throw new InboxFullException("the inbox of run '" + id + "' holds " + size
					+ " bytes that the run has not taken, and at most " + this.limit + " are kept: a message of "
					+ bytes + " bytes does not fit. Send it again when the run has taken some, or raise "
					+ "kraft.engine.max-inbox. See docs/reference/errors.md#kraft-3012", null, id, this.limit);
		}
		remember(record.run(), size + bytes);
	}

	static long bytes(Outcome outcome) {
		return (long) MESSAGE_OVERHEAD
				+ ((outcome instanceof Outcome.Success(Payload value)) ? value.bytes().length : 0);
	}

	private @Nullable Long known(long run) {
		this.lock.lock();
		try {
			return this.sizes.get(run);
		}
		finally {
			this.lock.unlock();
		}
	}

	private void remember(long run, long size) {
		this.lock.lock();
		try {
			this.sizes.put(run, size);
			if (this.sizes.size() > KNOWN_INBOXES) {
				this.sizes.remove(this.sizes.keySet().iterator().next());
			}
		}
		finally {
			this.lock.unlock();
		}
	}

}
