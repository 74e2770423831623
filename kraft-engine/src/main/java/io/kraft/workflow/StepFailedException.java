package io.kraft.workflow;

import org.jspecify.annotations.Nullable;

/**
 * A step failed for good with an exception that cannot be restored from the journal as
 * itself; the message holds its type name and message.
 */
public final class StepFailedException extends KraftException {

	/** The code of this error. */
	public static final String CODE = "KRAFT-2001";

	private static final long serialVersionUID = 1L;

	private final String failureType;

	public StepFailedException(String message, @Nullable Throwable cause) {
		super(CODE, message, cause);
		this.failureType = "";
	}

	/**
	 * For an exception of the given type.
	 * @param failureType fully qualified name of the exception that the step threw
	 */
	public StepFailedException(String failureType, @Nullable String message, @Nullable Throwable cause) {
		super(CODE, failureType + (message != null ? ": " + message : ""), cause);
		this.failureType = failureType;
	}

	/**
	 * Fully qualified name of the exception that the step threw; empty if unknown.
	 */
	public String failureType() {
		return this.failureType;
	}

}
