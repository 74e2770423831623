package io.kraft.client;

import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * A call was made inside a transaction of the application that is not allowed there: one
 * that waits for the end of a run, or any that changes something where that is refused.
 *
 * @since 0.1.0
 */
public final class CallInTransactionException extends KraftException {

	/** The code of this error. */
	public static final String CODE = "KRAFT-3020";

	private static final long serialVersionUID = 1L;

	public CallInTransactionException(String message) {
		this(message, null);
	}

	public CallInTransactionException(String message, @Nullable Throwable cause) {
		super(CODE, message, cause);
	}

}
