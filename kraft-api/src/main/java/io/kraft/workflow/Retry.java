package io.kraft.workflow;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How the failed attempts of a {@link Step} are repeated. Attempts and waits are durable:
 * after a restart they continue where they were. An attribute that is not set comes from
 * the properties {@code kraft.defaults.step.retry.*}.
 *
 * @since 0.1.0
 */
@Target({})
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Retry {

	/** Of attempts: the step is tried until it succeeds. */
	int UNLIMITED = Integer.MAX_VALUE;

	/**
	 * Attempts in total, the first included; at least 1, or {@link #UNLIMITED}. If it is
	 * not set, the property decides.
	 */
	int maxAttempts() default Integer.MIN_VALUE;

	/**
	 * Wait before the second attempt, such as {@code 200ms}. Empty means the property.
	 */
	String initialDelay() default "";

	/**
	 * Factor by which each wait is longer than the one before; at least 1. Zero means the
	 * property.
	 */
	double multiplier() default 0;

	/**
	 * Longest wait, such as {@code 30s}. Empty means the property.
	 */
	String maxDelay() default "";

	/**
	 * Share of a wait, 0 to 1, by which it is made longer or shorter at random. Negative
	 * means the property.
	 */
	double jitter() default -1;

	/**
	 * Exceptions, subclasses included, after which no further attempt is made.
	 */
	Class<? extends Throwable>[] noRetryFor() default {};

	/**
	 * What becomes of the run when all attempts are exhausted; one value at most. Empty
	 * means the property.
	 */
	Exhausted[] onExhausted() default {};

}
