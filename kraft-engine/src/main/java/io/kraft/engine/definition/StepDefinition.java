package io.kraft.engine.definition;

import java.time.Duration;

import io.kraft.workflow.Delivery;
import org.jspecify.annotations.Nullable;

/**
 * A step as the engine knows it.
 *
 * @param name recorded in the journal
 * @param signature how its arguments and its result are written and read
 * @param resultStyle how the returned object and the value relate
 * @param retry how failed attempts are repeated
 * @param timeout of one attempt; null means none
 * @param delivery what is promised about its effect
 * @param compensation compensates it; null means that it is not compensated
 */
public record StepDefinition(String name, MethodSignature signature, ResultStyle resultStyle, RetryPolicy retry,
		@Nullable Duration timeout, Delivery delivery, @Nullable Compensation compensation) {

	public StepDefinition {
		if (name.isBlank()) {
			throw new IllegalArgumentException("A step has a name");
		}
	}

	/**
	 * A step with a plain result, the given retries, no time-out and no compensation.
	 */
	public static StepDefinition of(String name, MethodSignature signature, RetryPolicy retry) {
		return new StepDefinition(name, signature, ResultStyle.PLAIN, retry, null, Delivery.AT_LEAST_ONCE, null);
	}

	/**
	 * The same step with another delivery.
	 */
	public StepDefinition withDelivery(Delivery delivery) {
		return new StepDefinition(this.name, this.signature, this.resultStyle, this.retry, this.timeout, delivery,
				this.compensation);
	}

	/**
	 * The same step with another retry policy.
	 */
	public StepDefinition withRetry(RetryPolicy retry) {
		return new StepDefinition(this.name, this.signature, this.resultStyle, retry, this.timeout, this.delivery,
				this.compensation);
	}

	/**
	 * The same step with a time-out.
	 * @param timeout of one attempt; null means none
	 */
	public StepDefinition withTimeout(@Nullable Duration timeout) {
		return new StepDefinition(this.name, this.signature, this.resultStyle, this.retry, timeout, this.delivery,
				this.compensation);
	}

	/**
	 * The same step with a compensation.
	 */
	public StepDefinition withCompensation(Compensation compensation) {
		return new StepDefinition(this.name, this.signature, this.resultStyle, this.retry, this.timeout, this.delivery,
				compensation);
	}

	@Override
	public String toString() {
		return this.name;
	}

}
