package io.kraft.workflow;

import org.jspecify.annotations.Nullable;

/**
 * A value that cannot be written to the journal or read back from it. The message names
 * its type and the path within it. Trying again does not help.
 *
 * @since 0.1.0
 */
public final class PayloadSerializationException extends KraftException {

	/** The code of this error. */
	public static final String CODE = "KRAFT-1004";

	private static final long serialVersionUID = 1L;

	public PayloadSerializationException(String message) {
		this(message, null);
	}

	public PayloadSerializationException(String message, @Nullable Throwable cause) {
		this(message, cause, null, null);
	}

	/**
	 * With the values in the message; each is null if it is not known.
	 */
	public PayloadSerializationException(String message, @Nullable Throwable cause, @Nullable String type,
			@Nullable String path) {
		super(CODE, message, cause);
		keep("type", type);
		keep("path", path);
	}

	/**
	 * Name of the Java type; null if it is not known.
	 */
	public @Nullable String type() {
		return field("type");
	}

	/**
	 * Where in the value, such as {@code $.items[0]}; null if it is not known.
	 */
	public @Nullable String path() {
		return field("path");
	}

}
