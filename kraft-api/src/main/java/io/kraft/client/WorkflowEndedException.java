package io.kraft.client;

import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * A signal, or the completion of a callback, was sent to a run that has ended. Nothing
 * was delivered.
 *
 * @since 0.1.0
 */
public final class WorkflowEndedException extends KraftException {

	/** The code of this error. */
	public static final String CODE = "KRAFT-3003";

	private static final long serialVersionUID = 1L;

	public WorkflowEndedException(String message) {
		this(message, null);
	}

	public WorkflowEndedException(String message, @Nullable Throwable cause) {
		this(message, cause, null, null);
	}

	public WorkflowEndedException(String message, @Nullable Throwable cause, @Nullable String runId) {
		this(message, cause, runId, null);
	}

	/**
	 * With the values in the message; each is null if it is not known.
	 */
	public WorkflowEndedException(String message, @Nullable Throwable cause, @Nullable String runId,
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
