package io.kraft.engine.definition;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

import io.kraft.workflow.Exhausted;
import io.kraft.workflow.InvalidCallException;
import io.kraft.workflow.NonRetryableStepException;
import io.kraft.workflow.NotInWorkflowException;
import io.kraft.workflow.PayloadSerializationException;
import io.kraft.workflow.PayloadTooLargeException;
import io.kraft.workflow.Retry;
import io.kraft.workflow.RetryableStepException;

/**
 * How the failed attempts of a step are repeated: exponential back-off with jitter.
 *
 * @param maxAttempts attempts in total, the first included; at least 1, or
 * {@link Retry#UNLIMITED}
 * @param initialDelay wait before the second attempt
 * @param multiplier factor by which each wait is longer than the one before; at least 1
 * @param maxDelay longest wait, jitter not counted
 * @param jitter share of a wait, 0 to 1, by which it is made longer or shorter at random
 * @param noRetryFor exceptions, subclasses included, after which no attempt is made
 * @param onExhausted what becomes of the run when all attempts are exhausted
 */
public record RetryPolicy(int maxAttempts, Duration initialDelay, double multiplier, Duration maxDelay, double jitter,
		List<Class<? extends Throwable>> noRetryFor, Exhausted onExhausted) {

	public RetryPolicy {
		noRetryFor = List.copyOf(noRetryFor);
		check(maxAttempts >= 1, "maxAttempts", "at least 1", maxAttempts);
		check(!initialDelay.isNegative(), "initialDelay", "at least 0", initialDelay);
		check(multiplier >= 1 && Double.isFinite(multiplier), "multiplier", "at least 1", multiplier);
		check(!maxDelay.isNegative(), "maxDelay", "at least 0", maxDelay);
		check(jitter >= 0 && jitter <= 1, "jitter", "0 to 1", jitter);
	}

	/**
	 * A policy under which the step fails when all attempts are exhausted.
	 */
	public RetryPolicy(int maxAttempts, Duration initialDelay, double multiplier, Duration maxDelay, double jitter,
			List<Class<? extends Throwable>> noRetryFor) {
		this(maxAttempts, initialDelay, multiplier, maxDelay, jitter, noRetryFor, Exhausted.FAIL);
	}

	/**
	 * Twenty attempts, from 100 ms doubling to 1 min, jitter 0.2: some eleven minutes.
	 */
	public static RetryPolicy defaults() {
		return new RetryPolicy(20, Duration.ofMillis(100), 2, Duration.ofMinutes(1), 0.2, List.of());
	}

	/**
	 * A single attempt.
	 */
	public static RetryPolicy none() {
		return new RetryPolicy(1, Duration.ZERO, 1, Duration.ZERO, 0, List.of());
	}

	/**
	 * The same policy with another number of attempts.
	 */
	public RetryPolicy withMaxAttempts(int maxAttempts) {
		return new RetryPolicy(maxAttempts, this.initialDelay, this.multiplier, this.maxDelay, this.jitter,
				this.noRetryFor, this.onExhausted);
	}

	/**
	 * The same policy with another first delay.
	 */
	public RetryPolicy withInitialDelay(Duration initialDelay) {
		return new RetryPolicy(this.maxAttempts, initialDelay, this.multiplier, this.maxDelay, this.jitter,
				this.noRetryFor, this.onExhausted);
	}

	/**
	 * The same policy with another longest wait.
	 */
	public RetryPolicy withMaxDelay(Duration maxDelay) {
		return new RetryPolicy(this.maxAttempts, this.initialDelay, this.multiplier, maxDelay, this.jitter,
				this.noRetryFor, this.onExhausted);
	}

	/**
	 * The same policy with another outcome when all attempts are exhausted.
	 */
	public RetryPolicy withOnExhausted(Exhausted onExhausted) {
		return new RetryPolicy(this.maxAttempts, this.initialDelay, this.multiplier, this.maxDelay, this.jitter,
				this.noRetryFor, onExhausted);
	}

	/**
	 * Whether another attempt is to be made.
	 * @param failure what the last attempt ended with
	 * @param failedAttempts how many have failed, the last one included
	 */
	public boolean allowsAnother(Throwable failure, int failedAttempts) {
		return inSet(failedAttempts) < this.maxAttempts && isRetryable(failure);
	}

	/**
	 * Whether the run is to be paused: the attempts are exhausted, and another might
	 * succeed later.
	 * @param failure what the last attempt ended with
	 * @param failedAttempts how many have failed, the last one included
	 */
	public boolean pausesAfter(Throwable failure, int failedAttempts) {
		return this.onExhausted == Exhausted.PAUSE && isRetryable(failure) && !allowsAnother(failure, failedAttempts);
	}

	/**
	 * How many have failed since the run was resumed last. A step that pauses its run is
	 * attempted again only in a fresh set, so that it follows from the number of all.
	 */
	private int inSet(int failedAttempts) {
		return (this.onExhausted == Exhausted.PAUSE) ? (failedAttempts - 1) % this.maxAttempts + 1 : failedAttempts;
	}

	private boolean isRetryable(Throwable failure) {
		return switch (failure) {
			case NonRetryableStepException ex -> false;
			// The next attempt would give the same value, or make the same mistake.
			case PayloadSerializationException ex -> false;
			case PayloadTooLargeException ex -> false;
			case NotInWorkflowException ex -> false;
			case InvalidCallException ex -> false;
			default -> this.noRetryFor.stream().noneMatch((type) -> type.isInstance(failure));
		};
	}

	/**
	 * The wait before the next attempt.
	 * @param failure what the last attempt ended with; a {@link RetryableStepException}
	 * may name the wait itself
	 * @param failedAttempts how many have failed, at least 1
	 */
	public Duration delayAfter(Throwable failure, int failedAttempts, RandomGenerator random) {
		if (failure instanceof RetryableStepException retryable && retryable.retryAfter() != null) {
			return retryable.retryAfter().isNegative() ? Duration.ZERO : retryable.retryAfter();
		}
		double grown = seconds(this.initialDelay) * Math.pow(this.multiplier, inSet(failedAttempts) - 1);
		double capped = Math.min(grown, seconds(this.maxDelay));
		double spread = 1 + this.jitter * (2 * random.nextDouble() - 1);
		return Duration.ofMillis((long) (capped * spread * 1000));
	}

	private static double seconds(Duration duration) {
		return (double) duration.getSeconds() + duration.getNano() / 1e9;
	}

	private static void check(boolean valid, String what, String bound, Object value) {
		if (!valid) {
			throw new IllegalArgumentException("retry." + what + " is " + bound + ", but was " + value);
		}
	}

}
