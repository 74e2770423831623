package io.kraft.engine.store.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.kraft.engine.store.kv.KeyBatch;
import io.kraft.engine.store.kv.Keyspace;

/**
 * Writes that wait to be applied.
 */
final class MemoryBatch implements KeyBatch {

	private final MemoryKeys keys;

	private final List<Consumer<MemoryContents>> writes = new ArrayList<>();

	MemoryBatch(MemoryKeys keys) {
		this.keys = keys;
	}

	@Override
	public void put(Keyspace space, byte[] key, byte[] value) {
		this.writes.add((contents) -> contents.put(space, key, value));
	}

	@Override
	public void delete(Keyspace space, byte[] key) {
		this.writes.add((contents) -> contents.delete(space, key));
	}

	@Override
	public void deleteRange(Keyspace space, byte[] from, byte[] to) {
		this.writes.add((contents) -> contents.deleteRange(space, from, to));
	}

	@Override
	public void write(boolean sync) {
		this.keys.write(this, sync);
	}

	@Override
	public void close() {
		this.writes.clear();
	}

	void applyTo(MemoryContents contents) {
		this.writes.forEach((write) -> write.accept(contents));
	}

}
