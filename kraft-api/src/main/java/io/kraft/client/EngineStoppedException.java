package io.kraft.client;

import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * The engine is stopping, has stopped, or has stopped taking work because its store
 * failed. What was acknowledged is safe and continues after the restart.
 *
 * @since 0.1.0
 */
public final class EngineStoppedException extends KraftException {

	/** The code of this error. */
	public static final String CODE = "KRAFT-3007";

	private static final long serialVersionUID = 1L;

	public EngineStoppedException(String message) {
		this(message, null);
	}

	public EngineStoppedException(String message, @Nullable Throwable cause) {
		super(CODE, message, cause);
	}

}
