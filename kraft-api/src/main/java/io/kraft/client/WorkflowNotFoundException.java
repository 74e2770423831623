package io.kraft.client;

import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * No run has this id: it was never started, or was removed after its retention.
 *
 * @since 0.1.0
 */
public final class WorkflowNotFoundException extends KraftException {

	/** The code of this error. */
	public static final String CODE = "KRAFT-3001";

	private static final long serialVersionUID = 1L;

	public WorkflowNotFoundException(String message) {
		this(message, null);
	}

	public WorkflowNotFoundException(String message, @Nullable Throwable cause) {
		this(message, cause, null);
	}

	/**
	 * With the values in the message; each is null if it is not known.
	 */
	public WorkflowNotFoundException(String message, @Nullable Throwable cause, @Nullable String runId) {
		super(CODE, message, cause);
		keep("runId", runId);
	}

}
