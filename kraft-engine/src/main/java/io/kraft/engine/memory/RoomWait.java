package io.kraft.engine.memory;

/**
 * Waits for room in a {@link ByteBudget}. Thread-safe; nothing blocks.
 */
public final class RoomWait implements AutoCloseable {

	private final ByteBudget budget;

	private final Runnable roomFreed;

	private volatile long awaited = Long.MAX_VALUE;

	RoomWait(ByteBudget budget, Runnable roomFreed) {
		this.budget = budget;
		this.roomFreed = roomFreed;
	}

	/**
	 * Until it is called again, the listener is notified when so much is given back that
	 * this many bytes are free.
	 */
	public void await(long bytes) {
		this.awaited = bytes;
	}

	/**
	 * Waits for nothing.
	 */
	public void awaitNothing() {
		await(Long.MAX_VALUE);
	}

	void freed(long free) {
		if (free >= this.awaited) {
			this.roomFreed.run();
		}
	}

	/**
	 * Is notified no more.
	 */
	@Override
	public void close() {
		this.budget.forget(this);
	}

}
