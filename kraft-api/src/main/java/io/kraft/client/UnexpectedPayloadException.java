package io.kraft.client;

import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * A signal, or the completion of a callback, has a payload that cannot be read as the
 * type that the run waits for at this moment. Nothing was sent, and the same call is
 * refused again.
 *
 * @since 0.1.0
 */
public final class UnexpectedPayloadException extends KraftException {

	/** The code of this error. */
	public static final String CODE = "KRAFT-3013";

	private static final long serialVersionUID = 1L;

	public UnexpectedPayloadException(String message) {
		this(message, null);
	}

	public UnexpectedPayloadException(String message, @Nullable Throwable cause) {
		this(message, cause, null, null);
	}

	/**
	 * With the values in the message; each is null if it is not known.
	 */
	public UnexpectedPayloadException(String message, @Nullable Throwable cause, @Nullable String runId,
			@Nullable String expected) {
		super(CODE, message, cause);
		keep("runId", runId);
		keep("expected", expected);
	}

	/**
	 * Java type that the run waits for, or types, separated by commas; null if it is not
	 * known.
	 */
	public @Nullable String expected() {
		return field("expected", String::valueOf);
	}

}
