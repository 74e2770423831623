package io.kraft.client;

import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * A run has not ended within the time that the caller waited; the run continues.
 *
 * @since 0.1.0
 */
public final class ResultTimeoutException extends KraftException {

	/** The code of this error. */
	public static final String CODE = "KRAFT-3004";

	private static final long serialVersionUID = 1L;

	public ResultTimeoutException(String message) {
		this(message, null);
	}

	public ResultTimeoutException(String message, @Nullable Throwable cause) {
		this(message, cause, null, null);
	}

	/**
	 * With the values in the message; each is null if it is not known.
	 */
	public ResultTimeoutException(String message, @Nullable Throwable cause, @Nullable String runId,
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
