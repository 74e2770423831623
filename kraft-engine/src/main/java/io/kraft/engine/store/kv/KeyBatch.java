package io.kraft.engine.store.kv;

import io.kraft.engine.store.StorageException;

/**
 * Writes that are applied together, in the order in which they were added, or not at all.
 * Not thread-safe.
 */
public interface KeyBatch extends AutoCloseable {

	void put(Keyspace space, byte[] key, byte[] value);

	/**
	 * Removes a key; a missing one is no error.
	 */
	void delete(Keyspace space, byte[] key);

	/**
	 * Removes all keys within bounds, those that this batch has put before included.
	 * @param from first key, inclusive
	 * @param to last key, exclusive
	 */
	void deleteRange(Keyspace space, byte[] from, byte[] to);

	/**
	 * Applies everything. To be called once.
	 * @param sync whether it is to be durable, with all that was written before, when
	 * this returns; else it may be lost in a crash, as a whole and with all that follows
	 * @throws StorageException if the medium failed
	 */
	void write(boolean sync);

	@Override
	void close();

}
