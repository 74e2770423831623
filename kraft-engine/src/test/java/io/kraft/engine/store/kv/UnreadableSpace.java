package io.kraft.engine.store.kv;

import java.nio.file.Path;
import java.time.Duration;

import io.kraft.engine.store.StorageException;
import org.jspecify.annotations.Nullable;

/**
 * Keys of which one space cannot be read, as if its file were damaged.
 */
record UnreadableSpace(OrderedKeys keys, Keyspace damaged) implements OrderedKeys {

	@Override
	public KeySnapshot snapshot() {
		KeySnapshot snapshot = this.keys.snapshot();
		return new KeySnapshot() {

			@Override
			public byte @Nullable [] get(Keyspace space, byte[] key) {
				check(space);
				return snapshot.get(space, key);
			}

			@Override
			public KeyCursor scan(Keyspace space, byte[] from, byte @Nullable [] to) {
				check(space);
				return snapshot.scan(space, from, to);
			}

			@Override
			public void close() {
				snapshot.close();
			}

		};
	}

	private void check(Keyspace space) {
		if (space == this.damaged) {
			throw new StorageException(StorageException.DAMAGED, "the file of " + space + " is damaged", null);
		}
	}

	@Override
	public byte @Nullable [] get(Keyspace space, byte[] key) {
		return this.keys.get(space, key);
	}

	@Override
	public KeyCursor scan(Keyspace space, byte[] from, byte @Nullable [] to) {
		return this.keys.scan(space, from, to);
	}

	@Override
	public KeyBatch batch() {
		return this.keys.batch();
	}

	@Override
	public long backup(Path target, Duration timeout) {
		return this.keys.backup(target, timeout);
	}

	@Override
	public void close() {
		this.keys.close();
	}

}
