package io.kraft.workflow;

import org.jspecify.annotations.Nullable;

/**
 * All attempts of a step are used up, and its policy wants the run to be paused then.
 * Seen as the reason of the pause only: no code gets it.
 */
public final class StepAttemptsExhaustedException extends KraftException {

	/** The code of this error. */
	public static final String CODE = "KRAFT-2009";

	private static final long serialVersionUID = 1L;

	public StepAttemptsExhaustedException(String message) {
		this(message, null);
	}

	public StepAttemptsExhaustedException(String message, @Nullable Throwable cause) {
		super(CODE, message, cause);
	}

}
