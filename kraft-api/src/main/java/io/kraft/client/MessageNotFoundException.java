package io.kraft.client;

import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * A message that an operator has named is not in the inbox of its run: it never was, the
 * run has taken it, or it was discarded. Nothing was changed.
 *
 * @since 0.1.0
 */
public final class MessageNotFoundException extends KraftException {

	/** The code of this error. */
	public static final String CODE = "KRAFT-3014";

	private static final long serialVersionUID = 1L;

	public MessageNotFoundException(String message) {
		this(message, null);
	}

	public MessageNotFoundException(String message, @Nullable Throwable cause) {
		this(message, cause, null);
	}

	/**
	 * With the value in the message; null if it is not known.
	 */
	public MessageNotFoundException(String message, @Nullable Throwable cause, @Nullable String runId) {
		super(CODE, message, cause);
		keep("runId", runId);
	}

}
