package io.kraft.spring.boot.autoconfigure.property;

import java.time.Duration;

import io.kraft.workflow.WorkQueue;
import io.kraft.workflow.WorkQueue.Rate;
import io.kraft.workflow.WorkQueue.Retries;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * The properties of one queue, {@code kraft.queues[<name>].*}. What is null is as its
 * bean has it.
 *
 * @param concurrency Items that execute concurrently, in total. At least 1.
 * @param concurrencyPerNode The same on each node. At least 1.
 * @param rateLimit attempts that begin within any period
 * @param retry how failed attempts are repeated
 * @param retention How long finished items are kept. At least 0.
 */
public record QueueProperties(@Nullable Integer concurrency, @Nullable Integer concurrencyPerNode,
		@Nullable RateLimit rateLimit, @Nullable Retry retry,
		@Nullable Duration retention) implements NamedProperties.Bounded {

	@Override
	public void check(String prefix) {
		PropertyBounds.ifSet(this.concurrency, (value) -> PropertyBounds.count(prefix + ".concurrency", value));
		PropertyBounds.ifSet(this.concurrencyPerNode,
				(value) -> PropertyBounds.count(prefix + ".concurrency-per-node", value));
		PropertyBounds.ifSet(this.rateLimit, (value) -> value.check(prefix + ".rate-limit"));
		PropertyBounds.ifSet(this.retry, (value) -> value.check(prefix + ".retry"));
		PropertyBounds.ifSet(this.retention, (value) -> PropertyBounds.notNegative(prefix + ".retention", value));
	}

	/**
	 * The queue with these properties.
	 * @param prefix of the properties, for a refusal
	 */
	WorkQueue applyTo(WorkQueue queue, String prefix) {
		return new WorkQueue(queue.name(), either(this.concurrency, queue.concurrency()),
				either(this.concurrencyPerNode, queue.concurrencyPerNode()),
				(this.rateLimit != null) ? this.rateLimit.applyTo(queue.rate(), prefix + ".rate-limit") : queue.rate(),
				(this.retry != null) ? this.retry.applyTo(queue.retry()) : queue.retry(),
				either(this.retention, queue.retention()));
	}

	private static <T> @Nullable T either(@Nullable T property, @Nullable T declared) {
		return (property != null) ? property : declared;
	}

	/**
	 * A limit of attempts within a period.
	 *
	 * @param max Attempts that begin within any period, repeated ones included. 1 to
	 * 100000.
	 * @param period That period. More than 0.
	 */
	public record RateLimit(@Nullable Integer max, @Nullable Duration period) {

		void check(String prefix) {
			PropertyBounds.ifSet(this.max,
					(value) -> PropertyBounds.within(1, Rate.MOST, "1 to " + Rate.MOST, prefix + ".max", value));
			PropertyBounds.ifSet(this.period, (value) -> PropertyBounds.positive(prefix + ".period", value));
		}

		Rate applyTo(@Nullable Rate declared, String prefix) {
			Integer most = either(this.max, (declared != null) ? declared.max() : null);
			Duration within = either(this.period, (declared != null) ? declared.period() : null);
			if (most == null) {
				throw half(prefix + ".period", this.period, prefix + ".max");
			}
			if (within == null) {
				throw half(prefix + ".max", most, prefix + ".period");
			}
			return new Rate(most, within);
		}

		private static InvalidConfigurationPropertyValueException half(String given, @Nullable Object value,
				String missing) {
			return new InvalidConfigurationPropertyValueException(given, value,
					"A rate limit is a number and a period. Set '" + missing + "', too.");
		}

	}

	/**
	 * How the failed attempts of a queue's items are repeated.
	 *
	 * @param maxAttempts Attempts of an item in total, the first included, before it is
	 * dead. At least 1.
	 * @param initialDelay Wait before the second attempt. At least 0.
	 * @param maxDelay Longest wait between two attempts. At least 0.
	 */
	public record Retry(@Nullable Integer maxAttempts, @Nullable Duration initialDelay, @Nullable Duration maxDelay) {

		void check(String prefix) {
			PropertyBounds.ifSet(this.maxAttempts, (value) -> PropertyBounds.count(prefix + ".max-attempts", value));
			PropertyBounds.ifSet(this.initialDelay,
					(value) -> PropertyBounds.notNegative(prefix + ".initial-delay", value));
			PropertyBounds.ifSet(this.maxDelay, (value) -> PropertyBounds.notNegative(prefix + ".max-delay", value));
		}

		Retries applyTo(@Nullable Retries declared) {
			return (declared == null) ? new Retries(this.maxAttempts, this.initialDelay, this.maxDelay)
					: new Retries(either(this.maxAttempts, declared.maxAttempts()),
							either(this.initialDelay, declared.initialDelay()),
							either(this.maxDelay, declared.maxDelay()));
		}

	}

}
