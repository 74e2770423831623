package io.kraft.client;

import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * A run has not ended within the time that the caller was ready to wait; the run goes on.
 */
public final class ResultTimeoutException extends KraftException {

	/** The code of this error. */
	public static final String CODE = "KRAFT-3004";

	private static final long serialVersionUID = 1L;

	public ResultTimeoutException(String message) {
		this(message, null);
	}

	public ResultTimeoutException(String message, @Nullable Throwable cause) {
		super(CODE, message, cause);
	}

}
