package io.kraft.workflow;

import org.jspecify.annotations.Nullable;

/**
 * A value that cannot be written to the journal or read back from it. The message names
 * its type and the path within it. Trying again does not help.
 */
public final class PayloadSerializationException extends KraftException {

	/** The code of this error. */
	public static final String CODE = "KRAFT-1004";

	private static final long serialVersionUID = 1L;

	public PayloadSerializationException(String message) {
		this(message, null);
	}

	public PayloadSerializationException(String message, @Nullable Throwable cause) {
		super(CODE, message, cause);
	}

}
