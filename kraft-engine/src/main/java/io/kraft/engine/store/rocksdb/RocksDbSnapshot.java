package io.kraft.engine.store.rocksdb;

import io.kraft.engine.store.kv.KeyCursor;
import io.kraft.engine.store.kv.Keyspace;
import io.kraft.engine.store.kv.OrderedKeys.KeySnapshot;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.Snapshot;

/**
 * The keys as they were. Made within a read, which it ends.
 */
final class RocksDbSnapshot implements KeySnapshot {

	private final RocksDbKeys keys;

	private final Snapshot snapshot;

	private final ReadOptions options;

	RocksDbSnapshot(RocksDbKeys keys) {
		this.keys = keys;
		this.snapshot = keys.database().getSnapshot();
		this.options = new ReadOptions().setSnapshot(this.snapshot);
	}

	@Override
	public byte @Nullable [] get(Keyspace space, byte[] key) {
		return this.keys.get(this.options, space, key);
	}

	@Override
	public KeyCursor scan(Keyspace space, byte[] from, byte @Nullable [] to) {
		this.keys.beginRead();
		return new RocksDbCursor(this.keys, this.keys.family(space), this.snapshot, from, to);
	}

	@Override
	public void close() {
		this.options.close();
		this.keys.database().releaseSnapshot(this.snapshot);
		this.snapshot.close();
		this.keys.endUse();
	}

}
