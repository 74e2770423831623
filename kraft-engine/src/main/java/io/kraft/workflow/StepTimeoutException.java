package io.kraft.workflow;

import org.jspecify.annotations.Nullable;

/**
 * An attempt of a step took longer than its time-out; it counts as failed and is retried
 * under the step's policy.
 */
public final class StepTimeoutException extends KraftException {

	/** The code of this error. */
	public static final String CODE = "KRAFT-2008";

	private static final long serialVersionUID = 1L;

	public StepTimeoutException(String message) {
		this(message, null);
	}

	public StepTimeoutException(String message, @Nullable Throwable cause) {
		super(CODE, message, cause);
	}

}
