package io.kraft.workflow;

import org.jspecify.annotations.Nullable;

/**
 * The time of a whole run was over, and the run was cancelled for it. Thrown for callers
 * that wait for its result; the code of the run sees {@link WorkflowCancelledException}.
 *
 * @since 0.1.0
 */
public final class WorkflowTimeoutException extends KraftException {

	/** The code of this error. */
	public static final String CODE = "KRAFT-2007";

	private static final long serialVersionUID = 1L;

	public WorkflowTimeoutException(String message) {
		this(message, null);
	}

	public WorkflowTimeoutException(String message, @Nullable Throwable cause) {
		this(message, cause, null);
	}

	/**
	 * With the values in the message; each is null if it is not known.
	 */
	public WorkflowTimeoutException(String message, @Nullable Throwable cause, @Nullable String runId) {
		super(CODE, message, cause);
		keep("runId", runId);
	}

}
