package io.kraft.spring.boot.autoconfigure.property;

import java.time.Duration;

import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.workflow.Exhausted;
import org.jspecify.annotations.Nullable;

/**
 * The properties of one step, {@code kraft.steps[<name>].*}. What is null is as the
 * annotation or the default has it.
 *
 * @param timeout Time-out of each attempt; 0 removes the annotation's. At least 0.
 * @param retry how failed attempts are repeated
 */
public record StepProperties(@Nullable Duration timeout, @Nullable Retry retry) implements NamedProperties.Bounded {

	@Override
	public void check(String prefix) {
		PropertyBounds.ifSet(this.timeout, (value) -> PropertyBounds.notNegative(prefix + ".timeout", value));
		PropertyBounds.ifSet(this.retry, (value) -> value.check(prefix + ".retry"));
	}

	StepDefinition applyTo(StepDefinition step) {
		RetryPolicy policy = (this.retry != null) ? this.retry.applyTo(step.retry()) : step.retry();
		return step.withRetry(policy).withTimeout(timeout(this.timeout, step.timeout()));
	}

	/**
	 * The time-out that a property and an annotation set together.
	 */
	static @Nullable Duration timeout(@Nullable Duration property, @Nullable Duration annotated) {
		if (property == null) {
			return annotated;
		}
		return property.isZero() ? null : property;
	}

	/**
	 * How the failed attempts of one step are repeated.
	 *
	 * @param maxAttempts Attempts in total, the first included. At least 1.
	 * @param initialDelay Wait before the second attempt. At least 0.
	 * @param multiplier Factor by which each wait is longer than the one before. At least
	 * 1.
	 * @param maxDelay Longest wait between two attempts. At least 0.
	 * @param jitter Share of a wait, 0 to 1, by which it is made longer or shorter at
	 * random.
	 * @param onExhausted What happens to the run when all attempts are used up.
	 */
	public record Retry(@Nullable Integer maxAttempts, @Nullable Duration initialDelay, @Nullable Double multiplier,
			@Nullable Duration maxDelay, @Nullable Double jitter, @Nullable Exhausted onExhausted) {

		void check(String prefix) {
			PropertyBounds.ifSet(this.maxAttempts, (value) -> PropertyBounds.count(prefix + ".max-attempts", value));
			PropertyBounds.ifSet(this.initialDelay,
					(value) -> PropertyBounds.notNegative(prefix + ".initial-delay", value));
			PropertyBounds.ifSet(this.multiplier, (value) -> PropertyBounds.multiplier(prefix + ".multiplier", value));
			PropertyBounds.ifSet(this.maxDelay, (value) -> PropertyBounds.notNegative(prefix + ".max-delay", value));
			PropertyBounds.ifSet(this.jitter, (value) -> PropertyBounds.share(prefix + ".jitter", value));
		}

		RetryPolicy applyTo(RetryPolicy policy) {
			return new RetryPolicy((this.maxAttempts != null) ? this.maxAttempts : policy.maxAttempts(),
					(this.initialDelay != null) ? this.initialDelay : policy.initialDelay(),
					(this.multiplier != null) ? this.multiplier : policy.multiplier(),
					(this.maxDelay != null) ? this.maxDelay : policy.maxDelay(),
					(this.jitter != null) ? this.jitter : policy.jitter(), policy.noRetryFor(),
					(this.onExhausted != null) ? this.onExhausted : policy.onExhausted());
		}

	}

}
