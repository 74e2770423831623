package io.kraft.workflow;

import org.jspecify.annotations.Nullable;

/**
 * Root of all exceptions of Kraft. Each has a stable code, with which its message begins
 * and under which {@code docs/errors.md} explains it.
 */
public abstract class KraftException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String code;

	protected KraftException(String code, @Nullable String message, @Nullable Throwable cause) {
		super(withCode(code, message), cause);
		this.code = code;
	}

	/**
	 * The stable code, such as {@code KRAFT-1001}.
	 */
	public final String code() {
		return this.code;
	}

	private static String withCode(String code, @Nullable String message) {
		if (message == null || message.isEmpty()) {
			return code;
		}
		// An exception restored from the journal brings its code along in the message.
		return message.startsWith(code) ? message : code + ": " + message;
	}

}
