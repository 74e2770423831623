package io.kraft.workflow;

import org.jspecify.annotations.Nullable;

/**
 * Annotated classes that cannot be made durable; the message lists every problem with its
 * fix. Fails the start of the application.
 *
 * @since 0.1.0
 */
public final class InvalidDefinitionException extends KraftException {

	/** The code of this error. */
	public static final String CODE = "KRAFT-1003";

	private static final long serialVersionUID = 1L;

	public InvalidDefinitionException(String message) {
		this(message, null);
	}

	public InvalidDefinitionException(String message, @Nullable Throwable cause) {
		super(CODE, message, cause, true);
	}

}
