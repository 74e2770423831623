package io.kraft.engine.store.kv;

/**
 * Walks keys within bounds, in either direction. Not thread-safe.
 */
public interface KeyCursor extends AutoCloseable {

	/**
	 * Goes to the first key.
	 * @return whether there is one
	 */
	boolean first();

	/**
	 * Goes to the last key.
	 * @return whether there is one
	 */
	boolean last();

	/**
	 * Goes to the given key or, where that is missing, to the one before it.
	 * @return whether there is one
	 */
	boolean atOrBefore(byte[] key);

	/**
	 * Goes to the given key or, where that is missing, to the one behind it.
	 * @return whether there is one
	 */
	boolean atOrAfter(byte[] key);

	/**
	 * Goes one key on. The cursor must be at a key.
	 * @return whether there is one
	 */
	boolean next();

	/**
	 * Goes one key back. The cursor must be at a key.
	 * @return whether there is one
	 */
	boolean previous();

	/**
	 * The key at which the cursor is.
	 */
	byte[] key();

	/**
	 * The value of that key.
	 */
	byte[] value();

	@Override
	void close();

}
