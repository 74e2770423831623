package io.kraft.workflow;

import org.jspecify.annotations.Nullable;

/**
 * A step name that no bean of this application defines, or that several methods share.
 * The message names the known ones.
 *
 * @since 0.1.0
 */
public final class UnknownStepException extends KraftException {

	/** The code of this error. */
	public static final String CODE = "KRAFT-1010";

	private static final long serialVersionUID = 1L;

	public UnknownStepException(String message) {
		this(message, null);
	}

	public UnknownStepException(String message, @Nullable Throwable cause) {
		this(message, cause, null);
	}

	/**
	 * With the values in the message; each is null if it is not known.
	 */
	public UnknownStepException(String message, @Nullable Throwable cause, @Nullable String step) {
		super(CODE, message, cause);
		keep("step", step);
	}

	/**
	 * Name of the step; null if it is not known.
	 */
	public @Nullable String step() {
		return field("step");
	}

}
