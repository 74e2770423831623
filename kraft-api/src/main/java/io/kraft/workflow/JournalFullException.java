package io.kraft.workflow;

import org.jspecify.annotations.Nullable;

/**
 * A run whose journal has reached {@code kraft.engine.max-journal-entries} or
 * {@code kraft.engine.max-journal-size}; the run is paused.
 *
 * @since 0.1.0
 */
public final class JournalFullException extends KraftException {

	/** The code of this error. */
	public static final String CODE = "KRAFT-1007";

	private static final long serialVersionUID = 1L;

	public JournalFullException(String message) {
		this(message, null);
	}

	public JournalFullException(String message, @Nullable Throwable cause) {
		this(message, cause, null, null);
	}

	/**
	 * With the values in the message; each is null if it is not known.
	 */
	public JournalFullException(String message, @Nullable Throwable cause, @Nullable String runId,
			@Nullable Long limit) {
		super(CODE, message, cause);
		keep("runId", runId);
		keep("limit", limit);
	}

	/**
	 * How many entries, or bytes, a journal may have; null if it is not known.
	 */
	public @Nullable Long limit() {
		return field("limit", Long::valueOf);
	}

}
