package io.kraft.workflow;

import org.jspecify.annotations.Nullable;

/**
 * The code of a workflow took another path on replay than the one its journal holds. The
 * run is paused, not failed, and is tried again at the next start of the application.
 */
public final class NonDeterministicWorkflowException extends KraftException {

	/** The code of this error. */
	public static final String CODE = "KRAFT-1001";

	private static final long serialVersionUID = 1L;

	public NonDeterministicWorkflowException(String message) {
		this(message, null);
	}

	public NonDeterministicWorkflowException(String message, @Nullable Throwable cause) {
		super(CODE, message, cause);
	}

}
