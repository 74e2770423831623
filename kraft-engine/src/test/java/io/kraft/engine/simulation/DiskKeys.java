package io.kraft.engine.simulation;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.kraft.engine.store.StorageException;
import io.kraft.engine.store.kv.KeyBatch;
import io.kraft.engine.store.kv.KeyCursor;
import io.kraft.engine.store.kv.Keyspace;
import io.kraft.engine.store.kv.OrderedKeys;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one opening of a simulated disk.
 */
final class DiskKeys implements OrderedKeys {

	private final SimulatedDisk disk;

	private volatile boolean open = true;

	DiskKeys(SimulatedDisk disk) {
		this.disk = disk;
	}

	boolean isOpen() {
		return this.open;
	}

	void end() {
		this.open = false;
	}

	@Override
	public byte @Nullable [] get(Keyspace space, byte[] key) {
		return readable().space(space).get(key);
	}

	@Override
	public KeyCursor scan(Keyspace space, byte[] from, byte @Nullable [] to) {
		return new ContentsCursor(readable().range(space, from, to));
	}

	@Override
	public KeySnapshot snapshot() {
		return new FrozenKeys(readable());
	}

	@Override
	public KeyBatch batch() {
		return new Batch(new ArrayList<>());
	}

	@Override
	public long backup(Path target, Duration timeout) {
		throw new UnsupportedOperationException("A simulated disk is not copied");
	}

	@Override
	public void close() {
		if (this.open) {
			this.open = false;
			this.disk.sync();
		}
	}

	private Contents readable() {
		if (!this.open) {
			throw new StorageException(StorageException.READ_FAILED, "the store is closed", null);
		}
		return this.disk.visible();
	}

	private final class Batch implements KeyBatch {

		private final List<Write> writes;

		Batch(List<Write> writes) {
			this.writes = writes;
		}

		@Override
		public void put(Keyspace space, byte[] key, byte[] value) {
			this.writes.add(new Write.Put(space, key, value));
		}

		@Override
		public void delete(Keyspace space, byte[] key) {
			this.writes.add(new Write.Delete(space, key));
		}

		@Override
		public void deleteRange(Keyspace space, byte[] from, byte[] to) {
			this.writes.add(new Write.DeleteRange(space, from, to));
		}

		@Override
		public void write(boolean sync) {
			DiskKeys.this.disk.write(DiskKeys.this, this.writes, sync);
		}

		@Override
		public void close() {
		}

	}

}
