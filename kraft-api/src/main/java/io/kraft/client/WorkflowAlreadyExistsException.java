package io.kraft.client;

import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * The id of a start is taken, and the start's {@link IfExists} refuses that.
 *
 * @since 0.1.0
 */
public final class WorkflowAlreadyExistsException extends KraftException {

	/** The code of this error. */
	public static final String CODE = "KRAFT-3002";

	private static final long serialVersionUID = 1L;

	public WorkflowAlreadyExistsException(String message) {
		this(message, null);
	}

	public WorkflowAlreadyExistsException(String message, @Nullable Throwable cause) {
		this(message, cause, null, null);
	}

	/**
	 * With the values in the message; each is null if it is not known.
	 */
	public WorkflowAlreadyExistsException(String message, @Nullable Throwable cause, @Nullable String runId,
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
