package io.kraft.engine.store.rocksdb;

import io.kraft.engine.store.kv.KeyCursor;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.Snapshot;

/**
 * An iterator between bounds. Made within a read, which it ends.
 */
final class RocksDbCursor implements KeyCursor {

	private final RocksDbKeys keys;

	private final Slice from;

	private final @Nullable Slice to;

	private final ReadOptions options;

	private final RocksIterator iterator;

	private boolean closed;

	RocksDbCursor(RocksDbKeys keys, ColumnFamilyHandle family, @Nullable Snapshot snapshot, byte[] from,
			byte @Nullable [] to) {
		this.keys = keys;
		this.from = new Slice(from);
		this.to = (to != null) ? new Slice(to) : null;
		this.options = new ReadOptions().setIterateLowerBound(this.from);
		if (this.to != null) {
			this.options.setIterateUpperBound(this.to);
		}
		if (snapshot != null) {
			this.options.setSnapshot(snapshot);
		}
		this.iterator = keys.database().newIterator(family, this.options);
	}

	@Override
	public boolean first() {
		this.iterator.seekToFirst();
		return isAtKey();
	}

	@Override
	public boolean last() {
		this.iterator.seekToLast();
		return isAtKey();
	}

	@Override
	public boolean atOrBefore(byte[] key) {
		this.iterator.seekForPrev(key);
		return isAtKey();
	}

	@Override
	public boolean next() {
		this.iterator.next();
		return isAtKey();
	}

	@Override
	public boolean previous() {
		this.iterator.prev();
		return isAtKey();
	}

	@Override
	public byte[] key() {
		return this.iterator.key();
	}

	@Override
	public byte[] value() {
		return this.iterator.value();
	}

	@Override
	public void close() {
		if (this.closed) {
			return;
		}
		this.closed = true;
		this.iterator.close();
		this.options.close();
		this.from.close();
		if (this.to != null) {
			this.to.close();
		}
		this.keys.endUse();
	}

	/**
	 * An iterator that is at no key has reached the end, or failed.
	 */
	private boolean isAtKey() {
		if (this.iterator.isValid()) {
			return true;
		}
		try {
			this.iterator.status();
			return false;
		}
		catch (RocksDBException ex) {
			throw RocksDbFailure.ofReading(ex);
		}
	}

}
