package io.kraft.client;

import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * This node stops while it waits for the answer to a call that it has sent to another
 * one: the call may have had its effect, and cannot be repeated from here.
 *
 * @since 0.1.0
 */
public final class CallOutcomeUnknownException extends KraftException {

	/** The code of this error. */
	public static final String CODE = "KRAFT-5002";

	private static final long serialVersionUID = 1L;

	public CallOutcomeUnknownException(String message) {
		this(message, null);
	}

	public CallOutcomeUnknownException(String message, @Nullable Throwable cause) {
		super(CODE, message, cause);
	}

}
