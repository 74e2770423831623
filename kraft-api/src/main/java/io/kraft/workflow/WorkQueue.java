package io.kraft.workflow;

import java.time.Duration;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * A queue of jobs that are not workflows: each item is one call of a {@code @Step},
 * executed durably. Declare it as a bean to give it limits; a queue that is not declared
 * has none. Immutable: each method returns a changed copy.
 *
 * @param name 1 to 200 characters
 * @param concurrency items that execute their step concurrently, in all; null means any
 * number
 * @param concurrencyPerNode the same on each node
 * @param rate attempts that begin within any period; null means any number
 * @param retry in place of the retry policy of the step; null leaves it to that
 * @param retention how long a finished item is kept; null leaves it to
 * {@code kraft.retention}
 * @since 0.1.0
 */
public record WorkQueue(String name, @Nullable Integer concurrency, @Nullable Integer concurrencyPerNode,
		@Nullable Rate rate, @Nullable Retries retry, @Nullable Duration retention) {

	/** Begins the workflow name of the items of a queue; its name follows. */
	public static final String ITEMS = "queue:";

	private static final int MAX_NAME_LENGTH = 200;

	public WorkQueue {
		checkName(name);
		check(concurrency == null || concurrency >= 1, name, "concurrency", "at least 1", concurrency);
		check(concurrencyPerNode == null || concurrencyPerNode >= 1, name, "concurrencyPerNode", "at least 1",
				concurrencyPerNode);
		check(retention == null || !retention.isNegative(), name, "retention", "at least 0", retention);
	}

	/**
	 * A queue without limits.
	 */
	public static WorkQueue named(String name) {
		return new WorkQueue(name, null, null, null, null, null);
	}

	/**
	 * With a limit of items that execute their step concurrently, in all.
	 * @param max at least 1
	 */
	public WorkQueue concurrency(int max) {
		return new WorkQueue(this.name, max, this.concurrencyPerNode, this.rate, this.retry, this.retention);
	}

	/**
	 * With a limit of items that execute their step concurrently on each node.
	 * @param max at least 1
	 */
	public WorkQueue concurrencyPerNode(int max) {
		return new WorkQueue(this.name, this.concurrency, max, this.rate, this.retry, this.retention);
	}

	/**
	 * With a limit of attempts that begin within any period, repeated ones included.
	 * @param max at least 1
	 * @param period more than 0
	 */
	public WorkQueue rateLimit(int max, Duration period) {
		check(max >= 1 && max <= Rate.MOST, this.name, "rateLimit", "1 to " + Rate.MOST, max);
		check(period.isPositive(), this.name, "period of rateLimit", "more than 0", period);
		return new WorkQueue(this.name, this.concurrency, this.concurrencyPerNode, new Rate(max, period), this.retry,
				this.retention);
	}

	/**
	 * With retries of its own: how often an item is attempted before it becomes a dead
	 * letter, and how long it waits between. Everything else is as the step defines it.
	 * @param maxAttempts the first included; at least 1
	 * @param initialDelay before the second attempt; at least 0
	 * @param maxDelay at least 0
	 */
	public WorkQueue retry(int maxAttempts, Duration initialDelay, Duration maxDelay) {
		check(maxAttempts >= 1, this.name, "maxAttempts", "at least 1", maxAttempts);
		check(!initialDelay.isNegative(), this.name, "initialDelay", "at least 0", initialDelay);
		check(!maxDelay.isNegative(), this.name, "maxDelay", "at least 0", maxDelay);
		return new WorkQueue(this.name, this.concurrency, this.concurrencyPerNode, this.rate,
				new Retries(maxAttempts, initialDelay, maxDelay), this.retention);
	}

	/**
	 * With a retention of finished items. Dead letters are kept until they are retried or
	 * deleted.
	 * @param retention at least 0
	 */
	public WorkQueue retention(Duration retention) {
		return new WorkQueue(this.name, this.concurrency, this.concurrencyPerNode, this.rate, this.retry,
				Objects.requireNonNull(retention));
	}

	/**
	 * Whether an item may have to wait for others.
	 */
	public boolean isLimited() {
		return this.concurrency != null || this.concurrencyPerNode != null || this.rate != null;
	}

	/** With what comes before it, it is part of ids. */
	private static void checkName(String name) {
		Names.check("The name of a queue", name);
		if (name.isBlank() || name.length() > MAX_NAME_LENGTH) {
			throw new InvalidCallException("The name of a queue has 1 to " + MAX_NAME_LENGTH
					+ " characters, not all of them blank, but this one has " + name.length() + ": '" + name
					+ "'. See docs/reference/errors.md#kraft-1008");
		}
	}

	private static void check(boolean valid, String queue, String what, String bound, @Nullable Object value) {
		if (!valid) {
			throw new IllegalArgumentException(
					"The " + what + " of queue '" + queue + "' is " + bound + ", but was " + value);
		}
	}

	/**
	 * A limit of attempts that begin within any period.
	 *
	 * @param max 1 to {@value #MOST}
	 * @param period more than 0
	 */
	public record Rate(int max, Duration period) {

		/** Most attempts of a period. */
		public static final int MOST = 100_000;

	}

	/**
	 * How often an item is attempted, and how long it waits between. What is null is as
	 * the step defines it.
	 *
	 * @param maxAttempts the first included; at least 1
	 * @param initialDelay before the second attempt; at least 0
	 * @param maxDelay longest wait; at least 0
	 */
	public record Retries(@Nullable Integer maxAttempts, @Nullable Duration initialDelay, @Nullable Duration maxDelay) {
	}

}
