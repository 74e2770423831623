package io.kraft.engine.memory;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes of one kind are in memory, and how many may be: the journals that are
 * replayed, the messages that runs have not taken, what streams send. Thread-safe;
 * nothing blocks.
 */
public final class ByteBudget {

	private final long limit;

	private final AtomicLong held = new AtomicLong();

	private volatile long awaited = Long.MAX_VALUE;

	private volatile Runnable roomFreed = () -> {
	};

	/**
	 * A budget of which nothing is taken.
	 * @param limit in bytes, at least 1
	 */
	public ByteBudget(long limit) {
		this.limit = limit;
	}

	/**
	 * How many bytes may be taken, all together.
	 */
	public long limit() {
		return this.limit;
	}

	/**
	 * How many bytes are taken.
	 */
	public long held() {
		return this.held.get();
	}

	/**
	 * Whether so many bytes are free.
	 */
	public boolean hasRoom(long bytes) {
		return bytes <= this.limit - this.held.get();
	}

	/**
	 * Takes bytes if they are free.
	 * @return false if they are not; nothing is taken
	 */
	public boolean tryTake(long bytes) {
		long before = this.held.get();
		while (bytes <= this.limit - before) {
			if (this.held.compareAndSet(before, before + bytes)) {
				return true;
			}
			before = this.held.get();
		}
		return false;
	}

	/**
	 * Takes what may not be refused, whether it is free or not.
	 */
	public void take(long bytes) {
		this.held.addAndGet(bytes);
	}

	/**
	 * Gives back what was taken.
	 */
	public void giveBack(long bytes) {
		long awaited = this.awaited;
		if (this.limit - this.held.addAndGet(-bytes) >= awaited) {
			this.roomFreed.run();
		}
	}

	/**
	 * Sets the listener that is notified when there is room for what is waited for; it
	 * must not block.
	 */
	public void whenRoomFreed(Runnable action) {
		this.roomFreed = action;
	}

	/**
	 * Waits for room: until it is called again, the listener is notified when so much is
	 * given back that this many bytes are free.
	 * @param bytes {@link Long#MAX_VALUE} waits for none
	 */
	public void await(long bytes) {
		this.awaited = bytes;
	}

}
