package io.kraft.cluster.transport;

import org.jspecify.annotations.Nullable;

/**
 * A call to a node has no answer.
 */
public class TransportException extends Exception {

	private static final long serialVersionUID = 1L;

	private final Transport.Outcome outcome;

	/**
	 * @param message which node, which method, what happened
	 */
	public TransportException(Transport.Outcome outcome, String message, @Nullable Throwable cause) {
		super(message, cause);
		this.outcome = outcome;
	}

	/**
	 * What is known about the call: whether it may be repeated at another node without an
	 * id.
	 */
	public Transport.Outcome outcome() {
		return this.outcome;
	}

}
