package io.kraft.cluster.routing;

import io.kraft.workflow.KraftException;

/**
 * A partition on another node has answered with an exception that callers do not know:
 * one of its store, or an unexpected one. Its code is that of the exception.
 */
final class RemoteFailureException extends KraftException {

	private static final long serialVersionUID = 1L;

	RemoteFailureException(String code, String message) {
		super(code, message, null);
	}

}
