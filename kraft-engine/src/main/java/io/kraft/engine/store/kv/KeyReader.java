package io.kraft.engine.store.kv;

import org.jspecify.annotations.Nullable;

/**
 * Reads ordered keys. Keys are compared byte by byte, unsigned, a prefix before what it
 * begins. What is passed in or returned must not be changed by either side.
 */
public interface KeyReader {

	/**
	 * The value of a key; null if it is missing.
	 */
	byte @Nullable [] get(Keyspace space, byte[] key);

	/**
	 * A cursor over the keys within bounds, which stands before the first of them. It
	 * sees the keys as they were when it was opened, or later, but no half of a batch. To
	 * be closed by the thread that opened it, before that thread writes.
	 * @param from first key, inclusive
	 * @param to last key, exclusive; null means that there is no bound
	 */
	KeyCursor scan(Keyspace space, byte[] from, byte @Nullable [] to);

}
