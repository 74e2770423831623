package io.kraft.workflow;

import org.jspecify.annotations.Nullable;

/**
 * A call that is not allowed where it was made, such as a lambda given to {@code start}
 * that makes no call of a workflow, or more than one.
 *
 * @since 0.1.0
 */
public final class InvalidCallException extends KraftException {

	/** The code of this error. */
	public static final String CODE = "KRAFT-1008";

	private static final long serialVersionUID = 1L;

	public InvalidCallException(String message) {
		this(message, null);
	}

	public InvalidCallException(String message, @Nullable Throwable cause) {
		super(CODE, message, cause);
	}

}
