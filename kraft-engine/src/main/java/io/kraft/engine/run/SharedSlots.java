package io.kraft.engine.run;

import java.util.LinkedHashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * How many runs of a node execute, and how many wait in memory, over all its partitions.
 * Thread-safe; calls nobody.
 */
public final class SharedSlots {

	private final int maxExecuting;

	private final int maxParked;

	/** Those that have found no slot, in the order in which they came. */
	private final Set<ExecutionSlots> waiting = new LinkedHashSet<>();

	private int executing;

	private int parked;

	/**
	 * Free slots.
	 * @param maxExecuting at least 1
	 * @param maxParked at least 0
	 */
	public SharedSlots(int maxExecuting, int maxParked) {
		this.maxExecuting = maxExecuting;
		this.maxParked = maxParked;
	}

	/**
	 * Takes a slot, if one is free.
	 * @param asker is put behind those that wait if none is; null to wait for none
	 */
	synchronized boolean tryAcquire(@Nullable ExecutionSlots asker) {
		if (this.executing >= this.maxExecuting) {
			if (asker != null && !asker.isClosed()) {
				this.waiting.add(asker);
			}
			return false;
		}
		this.executing++;
		return true;
	}

	/**
	 * Gives a slot back.
	 * @return whether somebody waits for it
	 */
	synchronized boolean release() {
		this.executing--;
		return !this.waiting.isEmpty();
	}

	/**
	 * Turns an executing run into a waiting one, if so many may wait.
	 */
	synchronized boolean tryPark() {
		if (this.parked >= this.maxParked) {
			return false;
		}
		this.parked++;
		this.executing--;
		return true;
	}

	synchronized void unpark() {
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

	synchronized boolean areFull() {
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
