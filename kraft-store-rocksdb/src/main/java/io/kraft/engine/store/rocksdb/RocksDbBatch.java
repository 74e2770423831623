package io.kraft.engine.store.rocksdb;

import io.kraft.engine.store.kv.KeyBatch;
import io.kraft.engine.store.kv.Keyspace;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * A write batch. It ends the use within which it is made, also where it cannot be made:
 * to add to a batch needs the database open.
 */
final class RocksDbBatch implements KeyBatch {

	private final NativeObjects objects = new NativeObjects();

	private final RocksDbKeys keys;

	private final WriteBatch batch;

	RocksDbBatch(RocksDbKeys keys) {
		this.objects.onRelease(keys::endUse);
		try {
			this.keys = keys;
			this.batch = this.objects.add(new WriteBatch());
		}
		catch (RuntimeException | Error ex) {
			this.objects.closeAfter(ex);
			throw ex;
		}
	}

	@Override
	public void put(Keyspace space, byte[] key, byte[] value) {
		try {
			this.batch.put(this.keys.family(space), key, value);
		}
		catch (RocksDBException ex) {
			throw RocksDbFailure.ofWriting(ex);
		}
	}

	@Override
	public void delete(Keyspace space, byte[] key) {
		try {
			this.batch.delete(this.keys.family(space), key);
		}
		catch (RocksDBException ex) {
			throw RocksDbFailure.ofWriting(ex);
		}
	}

	@Override
	public void deleteRange(Keyspace space, byte[] from, byte[] to) {
		try {
			this.batch.deleteRange(this.keys.family(space), from, to);
		}
		catch (RocksDBException ex) {
			throw RocksDbFailure.ofWriting(ex);
		}
	}

	@Override
	public void write(boolean sync) {
		this.keys.write(this.batch, sync);
	}

	@Override
	public void close() {
		this.objects.close();
	}

}
