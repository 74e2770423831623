package io.kraft.engine.run;

import io.kraft.engine.memory.ByteBudget;

/**
 * How many runs execute, and how many wait in memory. Thread-safe.
 */
public final class ExecutionSlots {

	private final int maxExecuting;

	private final int maxParked;

	/** Of what runs that wait in memory hold. */
	private final ByteBudget parkedMemory;

	private final Runnable slotFreed;

	private int executing;

	private int parked;

	/**
	 * Free slots.
	 * @param parkedMemory for the runs that wait in memory
	 * @param slotFreed is called whenever a run ends or begins to wait; must not block
	 */
	public ExecutionSlots(int maxExecuting, int maxParked, ByteBudget parkedMemory, Runnable slotFreed) {
		this.maxExecuting = maxExecuting;
		this.maxParked = maxParked;
		this.parkedMemory = parkedMemory;
		this.slotFreed = slotFreed;
	}

	/**
	 * Takes a slot for a run that is to execute, if one is free.
	 */
	public synchronized boolean tryAcquire() {
		if (this.executing >= this.maxExecuting) {
			return false;
		}
		this.executing++;
		return true;
	}

	/**
	 * Gives the slot of a run back that executes no more.
	 */
	public void release() {
		synchronized (this) {
			this.executing--;
		}
		this.slotFreed.run();
	}

	/**
	 * Gives back a slot for which there was no run.
	 */
	public synchronized void giveBack() {
		this.executing--;
	}

	/**
	 * Turns an executing run into a waiting one, if so many, and so large ones, may wait
	 * in memory.
	 * @param bytes that it holds
	 */
	boolean tryPark(long bytes) {
		synchronized (this) {
			if (this.parked >= this.maxParked || !this.parkedMemory.tryTake(bytes)) {
				return false;
			}
			this.parked++;
			this.executing--;
		}
		this.slotFreed.run();
		return true;
	}

	/**
	 * Turns a waiting run into an executing one, immediately: what has been woken is not
	 * held up by what has not begun.
	 * @param bytes with which it was parked
	 */
	synchronized void unpark(long bytes) {
		this.parkedMemory.giveBack(bytes);
		this.parked--;
		this.executing++;
	}

	/**
	 * Whether no slot is free.
	 */
	public synchronized boolean areFull() {
		return this.executing >= this.maxExecuting;
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
