package io.kraft.cluster.transport;

import java.time.Duration;

/**
 * Calls from node to node. Extension point of the cluster; implementations pass
 * {@code TransportContract}. Knows bytes and methods only: who may call, and that both
 * belong to one cluster, is decided when a connection is made, before any call.
 *
 * <p>
 * Delivers each call at most once, in no order. What was sent and not answered may have
 * had its effect: a call that must not happen twice carries an id by which its receiver
 * recognizes a repetition. Thread-safe.
 */
public interface Transport extends AutoCloseable {

	/**
	 * Calls a method of a node and waits for its answer. Blocks; an interrupt ends the
	 * wait with an {@link Outcome#UNKNOWN} failure and leaves the thread interrupted.
	 * @param patience how long to wait for the answer; the receiver learns how much of it
	 * is left when the call arrives
	 * @return what the handler returned
	 * @throws TransportException if there is no answer, with what is known about the call
	 */
	byte[] call(Address to, String method, byte[] request, Duration patience) throws TransportException;

	/**
	 * Answers the calls of a method from now on. Each call is handled on a virtual thread
	 * of its own.
	 * @param method without a handler so far
	 */
	void serve(String method, RequestHandler handler);

	/**
	 * Takes and sends no more calls; those under way fail. May be called again.
	 */
	@Override
	void close();

	/**
	 * What is known about a call that failed.
	 */
	enum Outcome {

		/** It did not reach a handler, and will not. */
		NOT_CALLED,

		/** It may have reached its handler, may be handled now, or later. */
		UNKNOWN,

		/** The handler refused it by an exception, before it had any effect. */
		REFUSED

	}

}
