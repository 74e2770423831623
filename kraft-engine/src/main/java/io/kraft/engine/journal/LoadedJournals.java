package io.kraft.engine.journal;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes of journals are in memory that their runs have not replayed yet, over
 * all runs, and how many may be. Thread-safe; nothing blocks.
 */
public final class LoadedJournals {

	private final long limit;

	private final AtomicLong held = new AtomicLong();

	private volatile long awaited = Long.MAX_VALUE;

	private volatile Runnable roomFreed = () -> {
	};

	/**
	 * Empty.
	 * @param limit in bytes, at least 1
	 */
	public LoadedJournals(long limit) {
		this.limit = limit;
	}

	/**
	 * Sets the listener that is notified when there is room for what is waited for; it
	 * must not block.
	 */
	public void whenRoomFreed(Runnable action) {
		this.roomFreed = action;
	}

	/**
	 * The share of a run whose journal is about to be read.
	 */
	public JournalShare share() {
		return new JournalShare(this);
	}

	/**
	 * How many bytes all may take together.
	 */
	public long limit() {
		return this.limit;
	}

	/**
	 * How many bytes they take.
	 */
	public long held() {
		return this.held.get();
	}

	/**
	 * Waits for room: until it is called again, the listener is notified when so much is
	 * given back that this many bytes are free.
	 * @param bytes {@link Long#MAX_VALUE} waits for none
	 */
	public void await(long bytes) {
		this.awaited = bytes;
	}

	/**
	 * Whether so many bytes are free.
	 */
	public boolean hasRoom(long bytes) {
		return bytes <= this.limit - this.held.get();
	}

	boolean tryTake(long bytes) {
		long before = this.held.get();
		while (bytes <= this.limit - before) {
			if (this.held.compareAndSet(before, before + bytes)) {
				return true;
			}
			before = this.held.get();
		}
		return false;
	}

	void giveBack(long bytes) {
		long awaited = this.awaited;
		if (this.limit - this.held.addAndGet(-bytes) >= awaited) {
			this.roomFreed.run();
		}
	}

}
