package io.kraft.client;

import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * The inbox of a run is full until the run has taken some of its messages. Nothing was
 * sent; try again later.
 *
 * @since 0.1.0
 */
public final class InboxFullException extends KraftException {

	/** The code of this error. */
	public static final String CODE = "KRAFT-3012";

	private static final long serialVersionUID = 1L;

	public InboxFullException(String message) {
		this(message, null);
	}

	public InboxFullException(String message, @Nullable Throwable cause) {
		this(message, cause, null, null);
	}

	/**
	 * With the values in the message; each is null if it is not known.
	 */
	public InboxFullException(String message, @Nullable Throwable cause, @Nullable String runId, @Nullable Long limit) {
		super(CODE, message, cause);
		keep("runId", runId);
		keep("limit", limit);
	}

	/**
	 * How much an inbox may hold, in bytes; null if it is not known.
	 */
	public @Nullable Long limit() {
		return field("limit", Long::valueOf);
	}

}
