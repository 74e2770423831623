package io.kraft.engine.memory;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes of one kind are in memory, and how many may be: the journals that are
 * replayed, the messages that runs have not taken, what streams send. Thread-safe;
 * nothing blocks.
 */
public final class ByteBudget {

	private final long limit;

	private final AtomicLong held = new AtomicLong();

	private final List<RoomWait> waits = new CopyOnWriteArrayList<>();

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
		long free = this.limit - this.held.addAndGet(-bytes);
		for (RoomWait wait : this.waits) {
			wait.freed(free);
		}
	}

	/**
	 * A wait for room of one of those that share the budget; it waits for none yet.
	 * @param action is called when there is room for what is waited for; must not block
	 */
	public RoomWait newWait(Runnable action) {
		RoomWait wait = new RoomWait(this, action);
		this.waits.add(wait);
		return wait;
	}

	void forget(RoomWait wait) {
		this.waits.remove(wait);
	}

}
