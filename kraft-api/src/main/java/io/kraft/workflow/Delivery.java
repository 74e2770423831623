package io.kraft.workflow;

/**
 * What is promised about a step's effect when the process crashes while its body runs.
 *
 * @since 0.1.0
 */
public enum Delivery {

	/**
	 * The body is entered again, with the same {@linkplain StepContext#idempotencyKey()
	 * idempotency key}.
	 */
	AT_LEAST_ONCE,

	/**
	 * The intent is durable before the body starts; when the outcome is unknown after a
	 * crash, the body is not entered again and the caller gets a
	 * {@link StepOutcomeUnknownException}.
	 */
	AT_MOST_ONCE

}
