package io.kraft.cluster.replication;

import java.util.NavigableMap;
import java.util.concurrent.locks.Lock;

import io.kraft.engine.simulation.ContentsCursor;

/**
 * Walks keys that a lock keeps as they are.
 */
final class SimulatedCursor extends ContentsCursor {

	private final Lock lock;

	private boolean closed;

	/**
	 * At no key yet.
	 * @param lock held; released when the cursor is closed
	 */
	SimulatedCursor(NavigableMap<byte[], byte[]> keys, Lock lock) {
		super(keys);
		this.lock = lock;
	}

	@Override
	public void close() {
		if (!this.closed) {
			this.closed = true;
			this.lock.unlock();
		}
	}

}
