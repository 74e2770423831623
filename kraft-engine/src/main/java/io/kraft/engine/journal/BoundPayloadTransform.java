package io.kraft.engine.journal;

/**
 * Wraps the bytes of a payload for one location in the store, when they are written
 * there: the bytes are of no use in another place. Thread-safe.
 * <p>
 * What it has wrapped names the location, and {@link #decode} verifies that name together
 * with the contents. So a payload can be read without knowing where it was, and the store
 * compares the location that it names with that where it was found. When a payload moves
 * (a message into a journal, a result to the parent) the store wraps it again.
 */
public interface BoundPayloadTransform extends PayloadTransform {

	/**
	 * Wraps bytes for a location. It is called while a commit is made, and whatever it
	 * throws stops the engine.
	 */
	byte[] encode(byte[] plain, PayloadLocation location);

	/**
	 * Whether wrapped bytes name that location. Whether that name is true, only
	 * {@link #decode} can verify. Throws nothing: bytes that it has not wrapped do not
	 * name it.
	 */
	boolean isFor(byte[] wrapped, PayloadLocation location);

	/**
	 * Whether payloads in the store that it has not wrapped are refused. Otherwise they
	 * are read, as those that were written before it was added.
	 */
	boolean isRequired();

	/**
	 * Not called: there is no location.
	 */
	@Override
	default byte[] encode(byte[] plain) {
		throw new UnsupportedOperationException("a payload is wrapped by " + id() + " for its location only");
	}

}
