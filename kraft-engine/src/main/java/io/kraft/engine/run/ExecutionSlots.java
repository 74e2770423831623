package io.kraft.engine.run;

import java.util.function.BooleanSupplier;

/**
 * What a partition takes of the slots that it shares with others. A slot that is free is
 * offered to the partition that has waited longest for one. Thread-safe.
 */
public final class ExecutionSlots {

	private final SharedSlots shared;

	private final BooleanSupplier slotFreed;

	private volatile boolean closed;

	/**
	 * Slots of one partition.
	 * @param slotFreed is called whenever a run ends or begins to wait, and when a slot
	 * is free that was waited for; answers whether there is something that may need one;
	 * must not block
	 */
	public ExecutionSlots(SharedSlots shared, BooleanSupplier slotFreed) {
		this.shared = shared;
		this.slotFreed = slotFreed;
	}

	/**
	 * Takes a slot for a run that is to execute, if one is free, and no other partition
	 * waits for it.
	 */
	public boolean tryAcquire() {
		return this.shared.tryAcquire(this, false);
	}

	/**
	 * As {@link #tryAcquire()}; if none is free, the listener is called when one is.
	 */
	public boolean acquireOrAwait() {
		return this.shared.tryAcquire(this, true);
	}

	/**
	 * Gives the slot of a run back that executes no more.
	 */
	public void release() {
		boolean isWaitedFor = this.shared.release();
		freed(isWaitedFor);
	}

	/**
	 * Gives back a slot for which there was no run.
	 */
	public void giveBack() {
		if (this.shared.release()) {
			offer();
		}
	}

	/**
	 * Turns an executing run into a waiting one, if so many, and so large ones, may wait
	 * in memory.
	 * @param bytes that it holds
	 */
	boolean tryPark(long bytes) {
		if (!this.shared.tryPark(bytes)) {
			return false;
		}
		freed(true);
		return true;
	}

	private void freed(boolean isWaitedFor) {
		if (isWaitedFor) {
			offer();
		}
		var unused = this.slotFreed.getAsBoolean();
	}

	/** To others: this partition notices by itself. */
	private void offer() {
		ExecutionSlots next = this.shared.nextWaiting(this);
		while (next != null && !next.slotFreed.getAsBoolean()) {
			next = this.shared.nextWaiting(this);
		}
	}

	/**
	 * Turns a waiting run into an executing one, immediately: what has been woken is not
	 * held up by what has not begun.
	 * @param bytes with which it was parked
	 */
	void unpark(long bytes) {
		this.shared.unpark(bytes);
	}

	/**
	 * Whether no slot is free; if so, the listener is called when one is.
	 */
	public boolean awaitIfFull() {
		return this.shared.awaitIfFull(this);
	}

	boolean isClosed() {
		return this.closed;
	}

	/**
	 * Waits for no slot any more, because nothing is loaded here any more. What executes
	 * still gives its slots back.
	 */
	public void close() {
		this.closed = true;
		this.shared.forget(this);
		// One that it was offered last, and did not take.
		offer();
	}

}
