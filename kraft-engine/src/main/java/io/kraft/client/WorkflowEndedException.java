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

	public WorkflowEndedException(String message) {
		this(message, null);
	}

	public WorkflowEndedException(String message, @Nullable Throwable cause) {
		super(CODE, message, cause);
	}

}
