package io.kraft.client;

/**
 * Notifies its listener until it is closed. Thread-safe.
 *
 * @since 0.1.0
 */
public interface Subscription extends AutoCloseable {

	/**
	 * Ends it: the listener is not notified any more, except by a notification under way.
	 * A second call has no effect.
	 */
	@Override
	void close();

}
