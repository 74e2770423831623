package io.kraft.workflow;

import org.jspecify.annotations.Nullable;

/**
 * An {@link Delivery#AT_MOST_ONCE} step was cut off, by a crash of the process, by its
 * time-out or by an error of the virtual machine such as {@link OutOfMemoryError}:
 * whether its effect happened is not known, and it is not tried again.
 *
 * @since 0.1.0
 */
public final class StepOutcomeUnknownException extends KraftException {

	/** The code of this error. */
	public static final String CODE = "KRAFT-2002";

	private static final long serialVersionUID = 1L;

	public StepOutcomeUnknownException(String message) {
		this(message, null);
	}

	public StepOutcomeUnknownException(String message, @Nullable Throwable cause) {
		this(message, cause, null, null, null);
	}

	/**
	 * With the values in the message; each is null if it is not known.
	 */
	public StepOutcomeUnknownException(String message, @Nullable Throwable cause, @Nullable String runId,
			@Nullable String position, @Nullable String step) {
		super(CODE, message, cause);
		keep("runId", runId);
		keep("position", position);
		keep("step", step);
	}

	/**
	 * Name of the step; null if it is not known.
	 */
	public @Nullable String step() {
		return field("step");
	}

}
