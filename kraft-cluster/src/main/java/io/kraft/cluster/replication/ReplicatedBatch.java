package io.kraft.cluster.replication;

import java.util.ArrayList;
import java.util.List;

import io.kraft.engine.store.kv.KeyBatch;
import io.kraft.engine.store.kv.Keyspace;

/**
 * Writes that become one entry.
 */
final class ReplicatedBatch implements KeyBatch {

	private final ReplicatedKeys keys;

	private final List<KeyWrite> writes = new ArrayList<>();

	private long sizeBytes;

	ReplicatedBatch(ReplicatedKeys keys) {
		this.keys = keys;
	}

	List<KeyWrite> writes() {
		return this.writes;
	}

	long sizeBytes() {
		return this.sizeBytes;
	}

	@Override
	public void put(Keyspace space, byte[] key, byte[] value) {
		add(new KeyWrite.Put(space, key, value));
	}

	@Override
	public void delete(Keyspace space, byte[] key) {
		add(new KeyWrite.Delete(space, key));
	}

	@Override
	public void deleteRange(Keyspace space, byte[] from, byte[] to) {
		add(new KeyWrite.DeleteRange(space, from, to));
	}

	private void add(KeyWrite write) {
		this.writes.add(write);
		this.sizeBytes += EntryCodec.sizeBytes(write);
	}

	/** Durable on a majority in either case, as it is proposed. */
	@Override
	public void write(boolean sync) {
		this.keys.write(this);
	}

	@Override
	public void close() {
	}

}
