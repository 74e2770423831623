package io.kraft.client;

import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * A signal, or the completion of a callback, came to a run that has ended. Nothing was
 * delivered.
 */
public final class WorkflowEndedException extends KraftException {

	/** The code of this error. */
	public static final String CODE = "KRAFT-3003";

	private static final long serialVersionUID = 1L;

	private final @Nullable String runId;

	public WorkflowEndedException(String message) {
		this(message, null);
	}

	public WorkflowEndedException(String message, @Nullable Throwable cause) {
		this(message, cause, null);
	}

	/**
	 * With what the message tells, for code. It is not kept by a journal: a restored
	 * exception has none of it.
	 */
	public WorkflowEndedException(String message, @Nullable Throwable cause, @Nullable String runId) {
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
