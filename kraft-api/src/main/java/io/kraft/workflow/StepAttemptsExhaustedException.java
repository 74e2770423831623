package io.kraft.workflow;

import org.jspecify.annotations.Nullable;

/**
 * All attempts of a step are exhausted, and its policy pauses the run then. Seen as the
 * reason of the pause only: no code gets it.
 *
 * @since 0.1.0
 */
public final class StepAttemptsExhaustedException extends KraftException {

	/** The code of this error. */
	public static final String CODE = "KRAFT-2009";

	private static final long serialVersionUID = 1L;

	public StepAttemptsExhaustedException(String message) {
		this(message, null);
	}

	public StepAttemptsExhaustedException(String message, @Nullable Throwable cause) {
		this(message, cause, null, null, null, null);
	}

	/**
	 * With the values in the message; each is null if it is not known.
	 */
	public StepAttemptsExhaustedException(String message, @Nullable Throwable cause, @Nullable String runId,
			@Nullable String position, @Nullable String step, @Nullable Integer attempts) {
		super(CODE, message, cause);
		keep("runId", runId);
		keep("position", position);
		keep("step", step);
		keep("attempts", attempts);
	}

	/**
	 * Name of the step; null if it is not known.
	 */
	public @Nullable String step() {
		return field("step");
	}

	/**
	 * How many attempts have failed; null if it is not known.
	 */
	public @Nullable Integer attempts() {
		return field("attempts", Integer::valueOf);
	}

}
