package io.kraft.engine.run;

import java.util.LinkedHashSet;
import java.util.Set;

import io.kraft.engine.memory.ByteBudget;
import org.jspecify.annotations.Nullable;

/**
 * How many runs of a node execute, and how many wait in memory, over all its partitions.
 * Thread-safe; calls no listener.
 */
public final class SharedSlots {

	private final int maxExecuting;

	private final int maxParked;

	/** Of what runs that wait in memory hold. */
	private final ByteBudget parkedMemory;

	/** Those that have found no slot, in the order in which they came. */
	private final Set<ExecutionSlots> waiting = new LinkedHashSet<>();

	private int executing;

	private int parked;

	/**
	 * Free slots.
	 * @param maxExecuting at least 1
	 * @param maxParked at least 0
	 * @param parkedMemory for the runs that wait in memory
	 */
	public SharedSlots(int maxExecuting, int maxParked, ByteBudget parkedMemory) {
		this.maxExecuting = maxExecuting;
		this.maxParked = maxParked;
		this.parkedMemory = parkedMemory;
	}

	/**
	 * Takes a slot, if one is free.
	 * @param waits whether it is for what the asker has waited with, if it has: who does
	 * not wait does not get ahead of others that do
	 */
	synchronized boolean tryAcquire(ExecutionSlots asker, boolean waits) {
		if (awaitIfFull(waits ? asker : null) || (!waits && isForOthers(asker))) {
			return false;
		}
		this.executing++;
		return true;
	}

	private boolean isForOthers(ExecutionSlots asker) {
		return this.waiting.size() > (this.waiting.contains(asker) ? 1 : 0);
	}

	/**
	 * Whether no slot is free.
	 * @param asker is put behind those that wait, if none is; null to wait for none
	 */
	synchronized boolean awaitIfFull(@Nullable ExecutionSlots asker) {
		boolean isFull = this.executing >= this.maxExecuting;
		if (isFull && asker != null && !asker.isClosed()) {
			this.waiting.add(asker);
		}
		return isFull;
	}

	/**
	 * Gives a slot back.
	 * @return whether a partition waits for it
	 */
	synchronized boolean release() {
		this.executing--;
		return !this.waiting.isEmpty();
	}

	/**
	 * Turns an executing run into a waiting one, if so many, and so large ones, may wait.
	 * @param bytes that it holds
	 */
	synchronized boolean tryPark(long bytes) {
		if (this.parked >= this.maxParked || !this.parkedMemory.tryTake(bytes)) {
			return false;
		}
		this.parked++;
		this.executing--;
		return true;
	}

	/**
	 * @param bytes with which it was parked
	 */
	synchronized void unpark(long bytes) {
		this.parkedMemory.giveBack(bytes);
		this.parked--;
		this.executing++;
	}

	/**
	 * Takes the first that waits for a slot from those that wait, if one is free.
	 * @param other not this one, which is dropped if it waits, too
	 */
	synchronized @Nullable ExecutionSlots nextWaiting(ExecutionSlots other) {
		this.waiting.remove(other);
		if (this.waiting.isEmpty() || this.executing >= this.maxExecuting) {
			return null;
		}
		ExecutionSlots next = this.waiting.iterator().next();
		this.waiting.remove(next);
		return next;
	}

	synchronized void forget(ExecutionSlots asker) {
		this.waiting.remove(asker);
	}

	/**
	 * How many runs execute.
	 */
	public synchronized int executing() {
		return this.executing;
	}

	/**
	 * How many runs wait in memory.
	 */
	public synchronized int parked() {
		return this.parked;
	}

}
