package io.kraft.engine.store.rocksdb;

import io.kraft.engine.store.kv.KeyCursor;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.Snapshot;

/**
 * An iterator between bounds. It ends the read within which it is made, also where it
 * cannot be made.
 */
final class RocksDbCursor implements KeyCursor {

	private final NativeObjects objects = new NativeObjects();

	private final RocksIterator iterator;

	/**
	 * A cursor that stands before the first key.
	 * @param endRead is run once, when the cursor is closed or this fails
	 */
	RocksDbCursor(RocksDB database, Runnable endRead, ColumnFamilyHandle family, @Nullable Snapshot snapshot,
			byte[] from, byte @Nullable [] to) {
		this.objects.onRelease(endRead);
		try {
			ReadOptions options = this.objects.add(new ReadOptions());
			options.setIterateLowerBound(this.objects.add(new Slice(from)));
			if (to != null) {
				options.setIterateUpperBound(this.objects.add(new Slice(to)));
			}
			if (snapshot != null) {
				options.setSnapshot(snapshot);
			}
			this.iterator = this.objects.add(database.newIterator(family, options));
		}
		catch (RuntimeException | Error ex) {
			this.objects.closeAfter(ex);
			throw ex;
		}
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
	public boolean atOrAfter(byte[] key) {
		this.iterator.seek(key);
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
		this.objects.close();
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
