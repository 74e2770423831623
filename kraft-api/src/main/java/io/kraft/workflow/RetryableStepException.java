package io.kraft.workflow;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Thrown by a step's body to request another attempt after a given time instead of the
 * delay that the step's policy would give. The number of attempts stays the policy's.
 *
 * @since 0.1.0
 */
public final class RetryableStepException extends KraftException {

	/** The code of this error. */
	public static final String CODE = "KRAFT-2003";

	private static final long serialVersionUID = 1L;

	private final @Nullable Duration retryAfter;

	/**
	 * One that requests another attempt.
	 * @param retryAfter how long to wait before the next attempt
	 */
	public RetryableStepException(String message, Duration retryAfter) {
		this(message, retryAfter, null);
	}

	/**
	 * One that requests another attempt.
	 * @param retryAfter how long to wait before the next attempt
	 */
	public RetryableStepException(String message, Duration retryAfter, @Nullable Throwable cause) {
		super(CODE, message, cause);
		this.retryAfter = retryAfter;
	}

	/**
	 * One that leaves the delay to the step's policy; as such it is restored from the
	 * journal when the attempts are exhausted.
	 */
	public RetryableStepException(String message, @Nullable Throwable cause) {
		super(CODE, message, cause);
		this.retryAfter = null;
	}

	/**
	 * How long to wait before the next attempt; {@code null} leaves it to the policy.
	 */
	public @Nullable Duration retryAfter() {
		return this.retryAfter;
	}

}
