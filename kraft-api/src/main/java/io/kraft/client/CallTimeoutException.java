package io.kraft.client;

import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * A direct call of a workflow has waited for the end of its run as long as
 * {@code kraft.client.call-timeout} allows; the run itself continues.
 *
 * @since 0.1.0
 */
public final class CallTimeoutException extends KraftException {

	/** The code of this error. */
	public static final String CODE = "KRAFT-3030";

	private static final long serialVersionUID = 1L;

	public CallTimeoutException(String message) {
		this(message, null);
	}

	public CallTimeoutException(String message, @Nullable Throwable cause) {
		this(message, cause, null, null);
	}

	/**
	 * With the values in the message; each is null if it is not known.
	 */
	public CallTimeoutException(String message, @Nullable Throwable cause, @Nullable String runId,
			@Nullable WorkflowStatus status) {
		super(CODE, message, cause);
		keep("runId", runId);
		keep("status", status);
	}

	/**
	 * Status of the run when the time was over; null if it is not known.
	 */
	public @Nullable WorkflowStatus status() {
		return field("status", WorkflowStatus::valueOf);
	}

}
