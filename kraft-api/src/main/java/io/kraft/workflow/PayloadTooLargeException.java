package io.kraft.workflow;

import org.jspecify.annotations.Nullable;

/**
 * A value that is larger, written down, than {@code kraft.engine.max-payload-size}.
 * Trying again does not help.
 *
 * @since 0.1.0
 */
public final class PayloadTooLargeException extends KraftException {

	/** The code of this error. */
	public static final String CODE = "KRAFT-1005";

	private static final long serialVersionUID = 1L;

	public PayloadTooLargeException(String message) {
		this(message, null);
	}

	public PayloadTooLargeException(String message, @Nullable Throwable cause) {
		this(message, cause, null);
	}

	/**
	 * With the values in the message; each is null if it is not known.
	 */
	public PayloadTooLargeException(String message, @Nullable Throwable cause, @Nullable Long limit) {
		super(CODE, message, cause);
		keep("limit", limit);
	}

	/**
	 * How large a value may be, in bytes; null if it is not known.
	 */
	public @Nullable Long limit() {
		return field("limit", Long::valueOf);
	}

}
