package io.kraft.engine.store.kv;

import java.util.ArrayList;
import java.util.List;

/**
 * A batch that knows what it puts where readers remember that there is nothing.
 */
final class TrackedBatch implements KeyBatch {

	private final KeyBatch batch;

	private final List<EmptyRanges.Put> puts = new ArrayList<>();

	TrackedBatch(KeyBatch batch) {
		this.batch = batch;
	}

	List<EmptyRanges.Put> puts() {
		return this.puts;
	}

	@Override
	public void put(Keyspace space, byte[] key, byte[] value) {
		this.batch.put(space, key, value);
		if (EmptyRanges.follows(space)) {
			this.puts.add(new EmptyRanges.Put(space, key));
		}
	}

	@Override
	public void delete(Keyspace space, byte[] key) {
		this.batch.delete(space, key);
	}

	@Override
	public void deleteRange(Keyspace space, byte[] from, byte[] to) {
		this.batch.deleteRange(space, from, to);
	}

	@Override
	public void write(boolean sync) {
		this.batch.write(sync);
	}

	@Override
	public void close() {
		this.batch.close();
	}

}
