package io.kraft.engine.simulation;

import java.util.Map;
import java.util.NavigableMap;
import java.util.NoSuchElementException;

import io.kraft.engine.store.kv.KeyCursor;
import org.jspecify.annotations.Nullable;

/**
 * Walks keys that do not change.
 */
public class ContentsCursor implements KeyCursor {

	private final NavigableMap<byte[], byte[]> keys;

	private Map.@Nullable Entry<byte[], byte[]> current;

	/**
	 * A cursor that is at no key yet.
	 */
	public ContentsCursor(NavigableMap<byte[], byte[]> keys) {
		this.keys = keys;
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
		return current().getKey();
	}

	@Override
	public byte[] value() {
		return current().getValue();
	}

	@Override
	public void close() {
	}

	private boolean at(Map.@Nullable Entry<byte[], byte[]> entry) {
		this.current = entry;
		return entry != null;
	}

	private Map.Entry<byte[], byte[]> current() {
		if (this.current == null) {
			throw new NoSuchElementException("The cursor is not at a key");
		}
		return this.current;
	}

}
