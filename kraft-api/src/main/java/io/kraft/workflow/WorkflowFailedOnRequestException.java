package io.kraft.workflow;

import org.jspecify.annotations.Nullable;

/**
 * An operator has made a run fail ({@code WorkflowClient.failRun}), and its message has
 * the reason. Thrown for callers that wait for its result, as the cause of
 * {@link WorkflowFailedException}; the code of the run sees
 * {@link WorkflowCancelledException}.
 *
 * @since 0.1.0
 */
public final class WorkflowFailedOnRequestException extends KraftException {

	/** The code of this error. */
	public static final String CODE = "KRAFT-2010";

	private static final long serialVersionUID = 1L;

	public WorkflowFailedOnRequestException(String message) {
		this(message, null);
	}

	public WorkflowFailedOnRequestException(String message, @Nullable Throwable cause) {
		this(message, cause, null, null);
	}

	/**
	 * With the values in the message; each is null if it is not known.
	 */
	public WorkflowFailedOnRequestException(String message, @Nullable Throwable cause, @Nullable String runId,
			@Nullable String reason) {
		super(CODE, message, cause);
		keep("runId", runId);
		keep("reason", reason);
	}

	/**
	 * Why, in the words of the operator; null if it is not known.
	 */
	public @Nullable String reason() {
		return field("reason");
	}

}
