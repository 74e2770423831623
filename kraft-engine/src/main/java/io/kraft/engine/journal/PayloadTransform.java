package io.kraft.engine.journal;

/**
 * Wraps the bytes of payloads, for encryption or compression. Thread-safe.
 */
public interface PayloadTransform {

	/**
	 * Recorded with each payload, so that it can be unwrapped later: letters, digits,
	 * dots and dashes.
	 */
	String id();

	byte[] encode(byte[] plain);

	byte[] decode(byte[] wrapped);

}
