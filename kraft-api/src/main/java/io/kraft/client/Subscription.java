package io.kraft.client;

/**
 * Something that is told until it is closed. Thread-safe.
 */
public interface Subscription extends AutoCloseable {

	/**
	 * Ends it: nothing is told any more, save what is being told at this moment. A second
	 * call has no effect.
	 */
	@Override
	void close();

}
