package io.kraft.client;

import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * The id of a start is taken, and the start's {@link IfExists} refuses that.
 */
public final class WorkflowAlreadyExistsException extends KraftException {

	/** The code of this error. */
	public static final String CODE = "KRAFT-3002";

	private static final long serialVersionUID = 1L;

	public WorkflowAlreadyExistsException(String message) {
		this(message, null);
	}

	public WorkflowAlreadyExistsException(String message, @Nullable Throwable cause) {
		super(CODE, message, cause);
	}

}
