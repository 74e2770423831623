package io.kraft.client;

import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * The operation is for runs that have ended, and this one has not.
 *
 * @since 0.1.0
 */
public final class WorkflowNotEndedException extends KraftException {

	/** The code of this error. */
	public static final String CODE = "KRAFT-3008";

	private static final long serialVersionUID = 1L;

	public WorkflowNotEndedException(String message) {
		this(message, null);
	}

	public WorkflowNotEndedException(String message, @Nullable Throwable cause) {
		this(message, cause, null, null);
	}

	/**
	 * With the values in the message; each is null if it is not known.
	 */
	public WorkflowNotEndedException(String message, @Nullable Throwable cause, @Nullable String runId,
			@Nullable WorkflowStatus status) {
		super(CODE, message, cause);
		keep("runId", runId);
		keep("status", status);
	}

	/**
	 * Status of the run; null if it is not known.
	 */
	public @Nullable WorkflowStatus status() {
		return field("status", WorkflowStatus::valueOf);
	}

}
