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
 */
public record StepDefinition(String name, MethodSignature signature, ResultStyle resultStyle, RetryPolicy retry,
		@Nullable Duration timeout, Delivery delivery) {

	public StepDefinition {
		if (name.isBlank()) {
			throw new IllegalArgumentException("A step has a name");
		}
	}

	/**
	 * A step with a plain result, the given retries and no time-out.
	 */
	public static StepDefinition of(String name, MethodSignature signature, RetryPolicy retry) {
		return new StepDefinition(name, signature, ResultStyle.PLAIN, retry, null, Delivery.AT_LEAST_ONCE);
	}

	/**
	 * The same step with another delivery.
	 */
	public StepDefinition withDelivery(Delivery delivery) {
		return new StepDefinition(this.name, this.signature, this.resultStyle, this.retry, this.timeout, delivery);
	}

	/**
	 * The same step with a time-out.
	 */
	public StepDefinition withTimeout(Duration timeout) {
		return new StepDefinition(this.name, this.signature, this.resultStyle, this.retry, timeout, this.delivery);
	}

	@Override
	public String toString() {
		return this.name;
	}

}
