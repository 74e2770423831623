package io.kraft.cluster.transport;

import java.time.Duration;

/**
 * Answers the calls of one method. Thread-safe.
 */
@FunctionalInterface
public interface RequestHandler {

	/**
	 * Handles a call.
	 * @param request what the caller sent, bounded by the transport; it may be malformed
	 * @param remaining how long the caller still waits, by this node's clock
	 * @return the answer
	 * @throws RuntimeException if the request is refused as it is and had no effect; the
	 * caller gets its message
	 */
	byte[] handle(byte[] request, Duration remaining);

}
