package io.kraft.workflow;

import org.jspecify.annotations.Nullable;

/**
 * The run, or the branch of it that executes here, is cancelled. In the code of a
 * workflow it is thrown by each durable call from the cancellation on, except in
 * {@link WorkflowContext#nonCancellable}; for callers that wait for the result of a run
 * it means that the run was cancelled or terminated.
 *
 * @since 0.1.0
 */
public final class WorkflowCancelledException extends KraftException {

	/** The code of this error. */
	public static final String CODE = "KRAFT-2006";

	private static final long serialVersionUID = 1L;

	public WorkflowCancelledException(String message) {
		this(message, null);
	}

	public WorkflowCancelledException(String message, @Nullable Throwable cause) {
		this(message, cause, null);
	}

	/**
	 * With the values in the message; each is null if it is not known.
	 */
	public WorkflowCancelledException(String message, @Nullable Throwable cause, @Nullable String runId) {
		super(CODE, message, cause);
		keep("runId", runId);
	}

}
