package io.kraft.workflow;

import org.jspecify.annotations.Nullable;

/**
 * A run has failed; the cause is the exception that ended it, restored from the journal.
 *
 * @since 0.1.0
 */
public final class WorkflowFailedException extends KraftException {

	/** The code of this error. */
	public static final String CODE = "KRAFT-2005";

	private static final long serialVersionUID = 1L;

	public WorkflowFailedException(String message) {
		this(message, null);
	}

	public WorkflowFailedException(String message, @Nullable Throwable cause) {
		this(message, cause, null);
	}

	/**
	 * With the values in the message; each is null if it is not known.
	 */
	public WorkflowFailedException(String message, @Nullable Throwable cause, @Nullable String runId) {
		super(CODE, message, cause);
		keep("runId", runId);
	}

}
