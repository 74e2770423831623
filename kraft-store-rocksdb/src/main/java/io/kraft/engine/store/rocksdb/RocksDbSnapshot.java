package io.kraft.engine.store.rocksdb;

import io.kraft.engine.store.kv.KeyCursor;
import io.kraft.engine.store.kv.Keyspace;
import io.kraft.engine.store.kv.OrderedKeys.KeySnapshot;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.Snapshot;

/**
 * The keys as they were. It ends the read within which it is made, also where it cannot
 * be made.
 */
final class RocksDbSnapshot implements KeySnapshot {

	private final NativeObjects objects = new NativeObjects();

	private final RocksDbKeys keys;

	private final Snapshot snapshot;

	private final ReadOptions options;

	RocksDbSnapshot(RocksDbKeys keys) {
		this.objects.onRelease(keys::endUse);
		try {
			this.keys = keys;
			this.snapshot = this.objects.add(keys.database().getSnapshot());
			this.objects.onRelease(() -> keys.database().releaseSnapshot(this.snapshot));
			this.options = this.objects.add(new ReadOptions());
			this.options.setSnapshot(this.snapshot);
		}
		catch (RuntimeException | Error ex) {
			this.objects.closeAfter(ex);
			throw ex;
		}
	}

	@Override
	public byte @Nullable [] get(Keyspace space, byte[] key) {
		return this.keys.get(this.options, space, key);
	}

	@Override
	public KeyCursor scan(Keyspace space, byte[] from, byte @Nullable [] to) {
		return this.keys.scan(space, this.snapshot, from, to);
	}

	@Override
	public void close() {
		this.objects.close();
	}

}
