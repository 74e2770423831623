package io.kraft.spring.boot.web;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

import io.kraft.engine.memory.ByteBudget;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many bytes all streams together may hold of what their readers have not taken yet.
 * Thread-safe; nothing blocks.
 * <p>
 * What is read for a reader is counted before it is handed to the connection, and given
 * back when the connection asks for more, or is closed. Where there is no room, readers
 * wait, and nothing is held for them; those that have not asked for more for some time
 * are dropped, the slowest first: what they hold is given back when their connection is
 * closed. A reader of a journal that was dropped resumes where it was.
 */
final class StreamMemory {

	/** Of a reader that asks for nothing, while others wait for room. */
	static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

	private static final Logger logger = LoggerFactory.getLogger(StreamMemory.class);

	private final ByteBudget budget;

	private final LongSupplier nanoTime;

	private final Set<Share> shares = ConcurrentHashMap.newKeySet();

	private final AtomicLong lastLook;

	/**
	 * Of which nothing is held.
	 * @param limit in bytes, at least 1
	 */
	StreamMemory(long limit, LongSupplier nanoTime) {
		this.budget = new ByteBudget(limit);
		this.nanoTime = nanoTime;
		this.lastLook = new AtomicLong(nanoTime.getAsLong());
	}

	/**
	 * A thirty-second of the heap.
	 */
	static long defaultLimit() {
		return Runtime.getRuntime().maxMemory() / 32;
	}

	/**
	 * The share of a new stream.
	 */
	Share open() {
		Share share = new Share();
		this.shares.add(share);
		return share;
	}

	/**
	 * How many bytes are held.
	 */
	long held() {
		return this.budget.held();
	}

	/** Drops slow readers until what was asked for would fit. */
	private void makeRoom(long bytes) {
		long now = this.nanoTime.getAsLong();
		long last = this.lastLook.get();
		if (now - last < PATIENCE_NANOS / 20 || !this.lastLook.compareAndSet(last, now)) {
			return;
		}
		List<Share> slow = this.shares.stream()
			.filter((share) -> share.isSlow(now))
			.sorted(Comparator.comparingLong((share) -> share.sentAt - now))
			.toList();
		long freed = 0;
		for (Share share : slow) {
			if (this.budget.hasRoom(bytes - freed)) {
				return;
			}
			freed += share.drop();
		}
	}

	/**
	 * What one stream holds. Thread-safe.
	 */
	final class Share {

		private final AtomicLong held = new AtomicLong();

		/** Whether the reader has to take something before it is to get more. */
		private volatile boolean isSending;

		private volatile long sentAt;

		private volatile boolean isDropped;

		private volatile boolean isClosed;

		private volatile Runnable abort = () -> {
		};

		/**
		 * Whether so many bytes could be held now; slow readers are dropped for it.
		 */
		boolean hasRoom(long bytes) {
			boolean hasRoom = StreamMemory.this.budget.hasRoom(limited(bytes));
			if (!hasRoom) {
				makeRoom(limited(bytes));
			}
			return hasRoom;
		}

		/**
		 * Holds bytes.
		 * @return false if there is no room for them; slow readers are dropped for it
		 */
		boolean tryHold(long bytes) {
			long taken = limited(bytes);
			if (!StreamMemory.this.budget.tryTake(taken)) {
				makeRoom(taken);
				return false;
			}
			this.held.addAndGet(taken);
			if (this.isClosed) {
				giveBackAll();
			}
			return true;
		}

		/** What is larger than all may hold is held alone. */
		private long limited(long bytes) {
			return Math.min(bytes, StreamMemory.this.budget.limit());
		}

		/**
		 * Gives a part back.
		 */
		void giveBack(long bytes) {
			long part = Math.min(limited(bytes), this.held.get());
			this.held.addAndGet(-part);
			StreamMemory.this.budget.giveBack(part);
		}

		private long giveBackAll() {
			long all = this.held.getAndSet(0);
			StreamMemory.this.budget.giveBack(all);
			return all;
		}

		/**
		 * Something is handed to the connection.
		 */
		void sending() {
			this.sentAt = StreamMemory.this.nanoTime.getAsLong();
			this.isSending = true;
		}

		/**
		 * The connection has taken it.
		 */
		void sent() {
			this.isSending = false;
		}

		private boolean isSlow(long now) {
			return this.isSending && !this.isDropped && this.held.get() > 0 && now - this.sentAt > PATIENCE_NANOS;
		}

		private long drop() {
			this.isDropped = true;
			logger.warn(
					"A reader of a stream that has not read for {} s is dropped: all streams together hold {} bytes of "
							+ "at most {} (kraft.web.max-stream-memory), and others wait for room",
					TimeUnit.NANOSECONDS.toSeconds(StreamMemory.this.nanoTime.getAsLong() - this.sentAt),
					StreamMemory.this.budget.held(), StreamMemory.this.budget.limit());
			this.abort.run();
			return this.held.get();
		}

		/**
		 * Whether the reader was dropped, because it was too slow.
		 */
		boolean isDropped() {
			return this.isDropped;
		}

		/**
		 * Sets what closes the connection, whatever it is about to send; must not block.
		 */
		void onDrop(Runnable abort) {
			this.abort = abort;
			if (this.isDropped) {
				abort.run();
			}
		}

		/**
		 * Gives back all that is held. A second call has no effect.
		 */
		void close() {
			this.isClosed = true;
			StreamMemory.this.shares.remove(this);
			giveBackAll();
		}

	}

}
