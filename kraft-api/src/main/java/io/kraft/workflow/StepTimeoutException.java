package io.kraft.workflow;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * An attempt of a step took longer than its time-out; it counts as failed and is retried
 * under the step's policy.
 *
 * @since 0.1.0
 */
public final class StepTimeoutException extends KraftException {

	/** The code of this error. */
	public static final String CODE = "KRAFT-2008";

	private static final long serialVersionUID = 1L;

	public StepTimeoutException(String message) {
		this(message, null);
	}

	public StepTimeoutException(String message, @Nullable Throwable cause) {
		this(message, cause, null, null, null, null, null);
	}

	/**
	 * With the values in the message; each is null if it is not known.
	 */
	public StepTimeoutException(String message, @Nullable Throwable cause, @Nullable String runId,
			@Nullable String position, @Nullable String step, @Nullable Integer attempt, @Nullable Duration timeout) {
		super(CODE, message, cause);
		keep("runId", runId);
		keep("position", position);
		keep("step", step);
		keep("attempt", attempt);
		keep("timeout", timeout);
	}

	/**
	 * Name of the step; null if it is not known.
	 */
	public @Nullable String step() {
		return field("step");
	}

	/**
	 * Number of the attempt, from 1; null if it is not known.
	 */
	public @Nullable Integer attempt() {
		return field("attempt", Integer::valueOf);
	}

	/**
	 * Time-out of the step; null if it is not known.
	 */
	public @Nullable Duration timeout() {
		return field("timeout", Duration::parse);
	}

}
