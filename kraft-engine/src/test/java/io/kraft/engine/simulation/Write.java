package io.kraft.engine.simulation;

import io.kraft.engine.store.kv.Keyspace;

/**
 * One write of a batch.
 */
@SuppressWarnings("ArrayRecordComponent") // Writes are applied, never compared.
public sealed interface Write {

	Keyspace space();

	byte[] key();

	/**
	 * A key gets a value.
	 */
	record Put(Keyspace space, byte[] key, byte[] value) implements Write {
	}

	/**
	 * A key is removed.
	 */
	record Delete(Keyspace space, byte[] key) implements Write {
	}

	/**
	 * All keys within bounds are removed.
	 */
	record DeleteRange(Keyspace space, byte[] key, byte[] to) implements Write {
	}

}
