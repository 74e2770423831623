package io.kraft.cluster.replication;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.concurrent.locks.Lock;

import io.kraft.engine.store.kv.KeyCursor;
import org.jspecify.annotations.Nullable;

/**
 * Walks keys that a lock keeps as they are.
 */
final class SimulatedCursor implements KeyCursor {

	private final NavigableMap<byte[], byte[]> keys;

	private final Lock lock;

	private Map.@Nullable Entry<byte[], byte[]> current;

	private boolean closed;

	/**
	 * @param lock held; released when the cursor is closed
	 */
	SimulatedCursor(NavigableMap<byte[], byte[]> keys, Lock lock) {
		this.keys = keys;
		this.lock = lock;
	}

	@Override
	public boolean first() {
		return at(this.keys.firstEntry());
	}

	@Override
	public boolean last() {
		return at(this.keys.lastEntry());
	}

	@Override
	public boolean atOrBefore(byte[] key) {
		return at(this.keys.floorEntry(key));
	}

	@Override
	public boolean atOrAfter(byte[] key) {
		return at(this.keys.ceilingEntry(key));
	}

	@Override
	public boolean next() {
		return at(this.keys.higherEntry(key()));
	}

	@Override
	public boolean previous() {
		return at(this.keys.lowerEntry(key()));
	}

	@Override
	public byte[] key() {
		return Objects.requireNonNull(this.current).getKey();
	}

	@Override
	public byte[] value() {
		return Objects.requireNonNull(this.current).getValue();
	}

	@Override
	public void close() {
		if (!this.closed) {
			this.closed = true;
			this.lock.unlock();
		}
	}

	private boolean at(Map.@Nullable Entry<byte[], byte[]> entry) {
		this.current = entry;
		return entry != null;
	}

}
