package io.kraft.workflow;

import org.jspecify.annotations.Nullable;

/**
 * A workflow name or version that no bean of this application defines. The message names
 * the known ones.
 *
 * @since 0.1.0
 */
public final class UnknownWorkflowException extends KraftException {

	/** The code of this error. */
	public static final String CODE = "KRAFT-1006";

	private static final long serialVersionUID = 1L;

	public UnknownWorkflowException(String message) {
		this(message, null);
	}

	public UnknownWorkflowException(String message, @Nullable Throwable cause) {
		this(message, cause, null, null);
	}

	/**
	 * With the values in the message; each is null if it is not known.
	 */
	public UnknownWorkflowException(String message, @Nullable Throwable cause, @Nullable String workflow,
			@Nullable Integer version) {
		super(CODE, message, cause);
		keep("workflow", workflow);
		keep("version", version);
	}

	/**
	 * Name of the workflow; null if it is not known.
	 */
	public @Nullable String workflow() {
		return field("workflow");
	}

	/**
	 * Version of the workflow; null if none was requested, or it is not known.
	 */
	public @Nullable Integer version() {
		return field("version", Integer::valueOf);
	}

}
