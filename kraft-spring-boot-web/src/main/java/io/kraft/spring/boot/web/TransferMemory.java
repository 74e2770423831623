package io.kraft.spring.boot.web;

import java.util.HashMap;
import java.util.Map;

/**
 * How many bytes of bodies, or of answers, may be on their way at a time: in total, and
 * of one caller a quarter of that, so that one leaves room for others. Their numbers are
 * bounded by permits, or by the server; but those of large ones would fill the heap, if
 * they are sent or taken slowly. Small ones are not counted, and so never refused.
 * Thread-safe; nothing blocks.
 */
public final class TransferMemory {

	/** Bytes of a transfer that are not counted. */
	static final int SMALL = 16 * 1024;

	/** Of one caller, unless it has only one transfer. */
	private static final int PARTS = 4;

	private static final int MOST_ANSWERS = 64;

	/** While a transfer grows, and when it is made a whole. */
	private static final int COPIES = 2;

	private final long limit;

	private final long least;

	private final Map<String, Long> ofCallers = new HashMap<>();

	private long sum;

	private TransferMemory(long limit, long least) {
		this.limit = limit;
		this.least = least;
	}

	/**
	 * For bodies, which may hold a sixteenth of the heap.
	 */
	static TransferMemory ofBodies() {
		return new TransferMemory(defaultLimit(), 0);
	}

	/**
	 * For answers, which may hold a sixteenth of the heap. Each counts as a part of that
	 * at least, as some servers write each by a thread that blocks.
	 */
	static TransferMemory ofAnswers() {
		return new TransferMemory(defaultLimit(), defaultLimit() / MOST_ANSWERS);
	}

	private static long defaultLimit() {
		return Runtime.getRuntime().maxMemory() / 16;
	}

	long limit() {
		return this.limit;
	}

	/**
	 * How many bytes are held.
	 */
	synchronized long held() {
		return this.sum;
	}

	/**
	 * A transfer that begins.
	 */
	Transfer begin(Caller caller) {
		return new Transfer(caller.key());
	}

	private synchronized boolean tryAdd(String caller, long held, long more) {
		long own = this.ofCallers.getOrDefault(caller, 0L);
		// What is larger than all may hold is held alone.
		boolean fits = this.sum + more <= this.limit || this.sum == held;
		boolean leavesRoom = own + more <= this.limit / PARTS || own == held;
		if (!fits || !leavesRoom) {
			return false;
		}
		add(caller, more);
		return true;
	}

	private synchronized void add(String caller, long bytes) {
		long own = this.ofCallers.getOrDefault(caller, 0L) + bytes;
		this.sum += bytes;
		if (own > 0) {
			this.ofCallers.put(caller, own);
		}
		else {
			this.ofCallers.remove(caller);
		}
	}

	private long counted(long bytes) {
		return (bytes <= SMALL) ? 0 : Math.max(COPIES * bytes, this.least);
	}

	/**
	 * A body or an answer on its way. Thread-safe.
	 */
	public final class Transfer implements Permit {

		private final String caller;

		private long bytes;

		private long held;

		private boolean isOver;

		private Transfer(String caller) {
			this.caller = caller;
		}

		/**
		 * Holds more bytes.
		 * @throws RequestRefusedException if there is no room for them; what was held
		 * before is held until the end of the transfer
		 */
		public synchronized void take(long more) {
			long growth = counted(this.bytes + more) - this.held;
			if (this.isOver || growth == 0) {
				this.bytes += more;
				return;
			}
			if (!tryAdd(this.caller, this.held, growth)) {
				throw RequestRefusedException.crowded();
			}
			this.bytes += more;
			this.held += growth;
		}

		/**
		 * Whether the transfer is large, so that its bytes count.
		 */
		public synchronized boolean isLarge() {
			return this.held > 0;
		}

		/**
		 * Gives back what is held. A second call has no effect.
		 */
		@Override
		public synchronized void close() {
			this.isOver = true;
			if (this.held > 0) {
				add(this.caller, -this.held);
				this.held = 0;
			}
		}

	}

}
