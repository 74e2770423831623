package io.kraft.workflow;

import org.jspecify.annotations.Nullable;

/**
 * The code of a workflow took another path on replay than the one its journal holds. The
 * run is paused, not failed, and is tried again at the next start of the application.
 */
public final class NonDeterministicWorkflowException extends KraftException {

	/** The code of this error. */
	public static final String CODE = "KRAFT-1001";

	private static final long serialVersionUID = 1L;

	private final @Nullable String runId;

	private final @Nullable String position;

	private final @Nullable String expected;

	private final @Nullable String found;

	public NonDeterministicWorkflowException(String message) {
		this(message, null);
	}

	public NonDeterministicWorkflowException(String message, @Nullable Throwable cause) {
		this(message, cause, null, null, null, null);
	}

	/**
	 * With what the message tells, for code. It is not kept by a journal: a restored
	 * exception has none of it.
	 */
	public NonDeterministicWorkflowException(String message, @Nullable Throwable cause, @Nullable String runId,
			@Nullable String position, @Nullable String expected, @Nullable String found) {
		super(CODE, message, cause);
		this.runId = runId;
		this.position = position;
		this.expected = expected;
		this.found = found;
	}

	/**
	 * Id of the run; null if it is not known.
	 */
	public @Nullable String runId() {
		return this.runId;
	}

	/**
	 * Where the paths part, such as {@code 3} or {@code 2.1}; null if it is not known.
	 */
	public @Nullable String position() {
		return this.position;
	}

	/**
	 * What the journal holds there; null if it is not known.
	 */
	public @Nullable String expected() {
		return this.expected;
	}

	/**
	 * What the code asked for; null if it is not known.
	 */
	public @Nullable String found() {
		return this.found;
	}

}
