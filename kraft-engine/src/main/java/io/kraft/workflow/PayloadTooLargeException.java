package io.kraft.workflow;

import org.jspecify.annotations.Nullable;

/**
 * A value that is larger, written down, than {@code kraft.engine.max-payload-size}.
 * Trying again does not help.
 */
public final class PayloadTooLargeException extends KraftException {

	/** The code of this error. */
	public static final String CODE = "KRAFT-1005";

	private static final long serialVersionUID = 1L;

	public PayloadTooLargeException(String message) {
		this(message, null);
	}

	public PayloadTooLargeException(String message, @Nullable Throwable cause) {
		super(CODE, message, cause);
	}

}
