package io.kraft.client;

import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * A run would become larger than the application allows: its tags, the ids of its
 * signals, what it publishes, its state. Nothing was recorded.
 *
 * @since 0.1.0
 */
public final class LimitExceededException extends KraftException {

	/** The code of this error. */
	public static final String CODE = "KRAFT-3015";

	private static final long serialVersionUID = 1L;

	public LimitExceededException(String message) {
		this(message, null);
	}

	public LimitExceededException(String message, @Nullable Throwable cause) {
		this(message, cause, null, null);
	}

	/**
	 * With the values in the message; each is null if it is not known.
	 */
	public LimitExceededException(String message, @Nullable Throwable cause, @Nullable String runId,
			@Nullable Long limit) {
		super(CODE, message, cause);
		keep("runId", runId);
		keep("limit", limit);
	}

	/**
	 * What is allowed, in the unit that the message names; null if it is not known.
	 */
	public @Nullable Long limit() {
		return field("limit", Long::valueOf);
	}

}
