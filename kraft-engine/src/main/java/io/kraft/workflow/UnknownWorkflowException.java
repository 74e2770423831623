package io.kraft.workflow;

import org.jspecify.annotations.Nullable;

/**
 * A workflow name or version that no bean of this application defines. The message names
 * the known ones.
 */
public final class UnknownWorkflowException extends KraftException {

	/** The code of this error. */
	public static final String CODE = "KRAFT-1006";

	private static final long serialVersionUID = 1L;

	public UnknownWorkflowException(String message) {
		this(message, null);
	}

	public UnknownWorkflowException(String message, @Nullable Throwable cause) {
		super(CODE, message, cause);
	}

}
