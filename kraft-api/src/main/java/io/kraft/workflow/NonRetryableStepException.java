package io.kraft.workflow;

import org.jspecify.annotations.Nullable;

/**
 * Thrown by a step's body when no further attempt makes sense; the step has then failed
 * with this exception.
 *
 * @since 0.1.0
 */
public final class NonRetryableStepException extends KraftException {

	/** The code of this error. */
	public static final String CODE = "KRAFT-2004";

	private static final long serialVersionUID = 1L;

	public NonRetryableStepException(String message) {
		this(message, null);
	}

	public NonRetryableStepException(String message, @Nullable Throwable cause) {
		super(CODE, message, cause);
	}

}
