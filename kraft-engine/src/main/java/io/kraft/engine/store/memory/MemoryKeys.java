package io.kraft.engine.store.memory;

import java.nio.file.Path;
import java.time.Duration;

import io.kraft.client.BackupRefusedException;
import io.kraft.engine.store.StorageException;
import io.kraft.engine.store.kv.KeyBatch;
import io.kraft.engine.store.kv.KeyCursor;
import io.kraft.engine.store.kv.Keyspace;
import io.kraft.engine.store.kv.OrderedKeys;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one opening of a medium. A cursor or snapshot holds the read lock, so that
 * batches are seen whole.
 */
final class MemoryKeys implements OrderedKeys {

	private final MemoryContents contents;

	private volatile boolean open = true;

	private volatile boolean writesFail;

	MemoryKeys(MemoryContents contents) {
		this.contents = contents;
	}

	static StorageException locked() {
		return new StorageException(StorageException.LOCKED,
				"the memory medium is open already. Close its store first. See docs/reference/errors.md#kraft-4002",
				null);
	}

	@Override
	public String toString() {
		return "memory";
	}

	boolean isOpen() {
		return this.open;
	}

	void failWrites() {
		this.writesFail = true;
	}

	void crash() {
		end(false);
	}

	@Override
	public byte @Nullable [] get(Keyspace space, byte[] key) {
		lockForReading();
		try {
			return this.contents.space(space).get(key);
		}
		finally {
			unlock();
		}
	}

	@Override
	public KeyCursor scan(Keyspace space, byte[] from, byte @Nullable [] to) {
		lockForReading();
		try {
			return new MemoryCursor(this.contents.range(space, from, to), this::unlock);
		}
		catch (RuntimeException | Error ex) {
			unlock();
			throw ex;
		}
	}

	@Override
	public KeySnapshot snapshot() {
		lockForReading();
		return new MemorySnapshot(this);
	}

	@Override
	public KeyBatch batch() {
		return new MemoryBatch(this);
	}

	@Override
	public long backup(Path target, Duration timeout) {
		throw new BackupRefusedException("the backup '" + target.getFileName()
				+ "' was not begun, because the store is in memory. Set kraft.storage.type=rocksdb for one that can be copied");
	}

	@Override
	public void close() {
		end(true);
	}

	/**
	 * Applies a batch.
	 */
	void write(MemoryBatch batch, boolean sync) {
		if (this.contents.lock.getReadHoldCount() > 0) {
			throw new IllegalStateException("A thread that reads cannot write: close its cursor first");
		}
		this.contents.lock.writeLock().lock();
		try {
			if (!this.open || this.writesFail) {
				throw new StorageException(StorageException.WRITE_FAILED,
						this.open ? "the memory medium was set to fail" : "the store is closed", null);
			}
			batch.applyTo(this.contents);
			if (sync) {
				this.contents.sync();
			}
		}
		finally {
			this.contents.lock.writeLock().unlock();
		}
	}

	private void lockForReading() {
		this.contents.lock.readLock().lock();
		if (!this.open) {
			unlock();
			throw new StorageException(StorageException.READ_FAILED, "the store is closed", null);
		}
	}

	private void unlock() {
		this.contents.lock.readLock().unlock();
	}

	private void end(boolean sync) {
		this.contents.lock.writeLock().lock();
		try {
			if (!this.open) {
				return;
			}
			this.open = false;
			if (sync && !this.writesFail) {
				this.contents.sync();
			}
			else {
				this.contents.dropUnsynced();
			}
		}
		finally {
			this.contents.lock.writeLock().unlock();
		}
	}

	/**
	 * The keys themselves: the lock keeps them as they are.
	 */
	private static final class MemorySnapshot implements KeySnapshot {

		private final MemoryKeys keys;

		private boolean closed;

		MemorySnapshot(MemoryKeys keys) {
			this.keys = keys;
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
		public void close() {
			if (!this.closed) {
				this.closed = true;
				this.keys.unlock();
			}
		}

	}

}
