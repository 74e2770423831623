package io.kraft.workflow;

import org.jspecify.annotations.Nullable;

/**
 * A run has failed; the cause is the exception that ended it, restored from the journal.
 */
public final class WorkflowFailedException extends KraftException {

	/** The code of this error. */
	public static final String CODE = "KRAFT-2005";

	private static final long serialVersionUID = 1L;

	private final @Nullable String runId;

	public WorkflowFailedException(String message) {
		this(message, null);
	}

	public WorkflowFailedException(String message, @Nullable Throwable cause) {
		this(message, cause, null);
	}

	/**
	 * With what the message tells, for code. It is not kept by a journal: a restored
	 * exception has none of it.
	 */
	public WorkflowFailedException(String message, @Nullable Throwable cause, @Nullable String runId) {
		super(CODE, message, cause);
		this.runId = runId;
	}

	/**
	 * Id of the run; null if it is not known.
	 */
	public @Nullable String runId() {
		return this.runId;
	}

}
