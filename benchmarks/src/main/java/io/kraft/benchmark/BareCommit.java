package io.kraft.benchmark;

import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/**
 * A write that waits for the disk; used by its thread again and again.
 */
final class BareCommit {

	private final Thread thread = Thread.currentThread();

	byte[] key = {};

	byte[] value = {};

	@Nullable BareCommit next;

	private volatile boolean durable;

	void begin(byte[] key, byte[] value) {
		this.key = key;
		this.value = value;
		this.durable = false;
	}

	void await() {
		while (!this.durable) {
			LockSupport.park(this);
		}
	}

	void complete() {
		this.durable = true;
		LockSupport.unpark(this.thread);
	}

}
