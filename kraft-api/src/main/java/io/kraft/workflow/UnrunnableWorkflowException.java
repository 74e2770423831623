package io.kraft.workflow;

import org.jspecify.annotations.Nullable;

/**
 * A run that cannot be executed here for a reason that is not its own, such as a class
 * that is missing or memory that ran out; the run is paused.
 *
 * @since 0.1.0
 */
public final class UnrunnableWorkflowException extends KraftException {

	/** The code of this error. */
	public static final String CODE = "KRAFT-1009";

	private static final long serialVersionUID = 1L;

	public UnrunnableWorkflowException(String message) {
		this(message, null);
	}

	public UnrunnableWorkflowException(String message, @Nullable Throwable cause) {
		this(message, cause, null);
	}

	/**
	 * With the values in the message; each is null if it is not known.
	 */
	public UnrunnableWorkflowException(String message, @Nullable Throwable cause, @Nullable String runId) {
		super(CODE, message, cause);
		keep("runId", runId);
	}

}
