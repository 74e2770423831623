package io.kraft.engine.message;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes the messages take that are in memory and were not taken by their runs
 * yet, over all runs, and how many they may. Those for which there is no room stay on
 * disk, and are read there each time they are looked for. Thread-safe; nothing blocks.
 */
public final class InboxMemory {

	private final long limit;

	private final AtomicLong held = new AtomicLong();

	/**
	 * Empty.
	 * @param limit in bytes, at least 1
	 */
	public InboxMemory(long limit) {
		this.limit = limit;
	}

	/**
	 * How many bytes are held, about.
	 */
	public long held() {
		return this.held.get();
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

	/**
	 * Takes what may not be refused.
	 */
	void take(long bytes) {
		this.held.addAndGet(bytes);
	}

	void giveBack(long bytes) {
		this.held.addAndGet(-bytes);
	}

}
