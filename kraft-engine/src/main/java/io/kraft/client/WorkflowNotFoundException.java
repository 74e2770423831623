package io.kraft.client;

import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * No run has this id: it was never started, or was removed after its retention.
 */
public final class WorkflowNotFoundException extends KraftException {

	/** The code of this error. */
	public static final String CODE = "KRAFT-3001";

	private static final long serialVersionUID = 1L;

	private final @Nullable String runId;

	public WorkflowNotFoundException(String message) {
		this(message, null);
	}

	public WorkflowNotFoundException(String message, @Nullable Throwable cause) {
		this(message, cause, null);
	}

	/**
	 * With what the message tells, for code. It is not kept by a journal: a restored
	 * exception has none of it.
	 */
	public WorkflowNotFoundException(String message, @Nullable Throwable cause, @Nullable String runId) {
		super(CODE, message, cause);
		this.runId = runId;
	}

	/**
	 * Id of the run; null if it is not known.
	 */
	public @Nullable String runId() {
		return this.runId;
	}

}
