package io.kraft.client;

import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * The client was called in an application in which Kraft is disabled.
 *
 * @since 0.1.0
 */
public final class KraftDisabledException extends KraftException {

	/** The code of this error. */
	public static final String CODE = "KRAFT-3023";

	private static final long serialVersionUID = 1L;

	public KraftDisabledException(String message) {
		this(message, null);
	}

	public KraftDisabledException(String message, @Nullable Throwable cause) {
		super(CODE, message, cause);
	}

}
