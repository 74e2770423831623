package io.kraft.workflow;

import org.jspecify.annotations.Nullable;

/**
 * The code of a workflow took another path on replay than the one its journal holds. The
 * run is paused, not failed, and is tried again at the next start of the application.
 *
 * @since 0.1.0
 */
public final class NonDeterministicWorkflowException extends KraftException {

	/** The code of this error. */
	public static final String CODE = "KRAFT-1001";

	private static final long serialVersionUID = 1L;

	public NonDeterministicWorkflowException(String message) {
		this(message, null);
	}

	public NonDeterministicWorkflowException(String message, @Nullable Throwable cause) {
		this(message, cause, null, null, null, null);
	}

	/**
	 * With the values in the message; each is null if it is not known.
	 */
	public NonDeterministicWorkflowException(String message, @Nullable Throwable cause, @Nullable String runId,
			@Nullable String position, @Nullable String expected, @Nullable String found) {
		super(CODE, message, cause);
		keep("runId", runId);
		keep("position", position);
		keep("expected", expected);
		keep("found", found);
	}

	/**
	 * What the journal holds there; null if it is not known.
	 */
	public @Nullable String expected() {
		return field("expected");
	}

	/**
	 * What the code requested; null if it is not known.
	 */
	public @Nullable String found() {
		return field("found");
	}

}
