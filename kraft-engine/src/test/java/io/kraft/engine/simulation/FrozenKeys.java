package io.kraft.engine.simulation;

import java.nio.file.Path;
import java.time.Duration;

import io.kraft.engine.store.kv.KeyBatch;
import io.kraft.engine.store.kv.KeyCursor;
import io.kraft.engine.store.kv.Keyspace;
import io.kraft.engine.store.kv.OrderedKeys;
import org.jspecify.annotations.Nullable;

/**
 * Keys that are only read.
 */
record FrozenKeys(Contents contents) implements OrderedKeys, OrderedKeys.KeySnapshot {

	@Override
	public byte @Nullable [] get(Keyspace space, byte[] key) {
		return this.contents.space(space).get(key);
	}

	@Override
	public KeyCursor scan(Keyspace space, byte[] from, byte @Nullable [] to) {
		return new ContentsCursor(this.contents.range(space, from, to));
	}

	@Override
	public KeySnapshot snapshot() {
		return this;
	}

	/** To be thrown away: an empty disk is marked when it is opened. */
	@Override
	public KeyBatch batch() {
		return new NoBatch();
	}

	@Override
	public long backup(Path target, Duration timeout) {
		throw new UnsupportedOperationException("A simulated disk is not copied");
	}

	@Override
	public void close() {
	}

	private record NoBatch() implements KeyBatch {

		@Override
		public void put(Keyspace space, byte[] key, byte[] value) {
		}

		@Override
		public void delete(Keyspace space, byte[] key) {
		}

		@Override
		public void deleteRange(Keyspace space, byte[] from, byte[] to) {
		}

		@Override
		public void write(boolean sync) {
		}

		@Override
		public void close() {
		}

	}

}
