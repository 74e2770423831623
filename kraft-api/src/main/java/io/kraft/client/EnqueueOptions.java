package io.kraft.client;

import java.time.Duration;
import java.util.Map;

import io.kraft.workflow.Names;
import org.jspecify.annotations.Nullable;

/**
 * How an item is put into a queue. Immutable: each method returns a changed copy.
 *
 * @param key idempotency key: two calls with the same key mean the same item, within the
 * queue; null means that each call is an item of its own
 * @param delay how long the item waits before it may begin; 0 or more
 * @param priority of items that wait for their turn the higher ones go first, equals in
 * the order in which they came
 * @param tags labels by which items can be listed
 * @param isImmediate whether it does not wait for the commit of a transaction of the
 * application
 * @since 0.1.0
 */
public record EnqueueOptions(@Nullable String key, Duration delay, int priority, Map<String, String> tags,
		boolean isImmediate) {

	private static final EnqueueOptions DEFAULTS = new EnqueueOptions(null, Duration.ZERO, 0, Map.of(), false);

	public EnqueueOptions {
		RequiredArgument.check("EnqueueOptions.delay", "delay", delay, "For none use Duration.ZERO");
		tags = RequiredArgument.entries("EnqueueOptions.tags", "tags", tags);
		tags.forEach((name, text) -> {
			Names.check("The name of a tag", name);
			Names.checkOptional("The value of the tag '" + name + "'", text);
		});
		if (delay.isNegative()) {
			throw new IllegalArgumentException("An item's delay is 0 or more, but this one is " + delay);
		}
	}

	/**
	 * No key, no delay, no tags.
	 */
	public static EnqueueOptions defaults() {
		return DEFAULTS;
	}

	/**
	 * With a key against duplicates: a call with the key of an item that is still known,
	 * ended or not, is that item.
	 * @param key as a run's id: 1 to {@value RunIds#MAX_LENGTH} visible characters
	 */
	public EnqueueOptions key(String key) {
		return new EnqueueOptions(RequiredArgument.given("EnqueueOptions.key", "key", key), this.delay, this.priority,
				this.tags, this.isImmediate);
	}

	/**
	 * With a delay: the item is {@link WorkflowStatus#SCHEDULED} until it is over.
	 * @throws IllegalArgumentException if it is less than 0
	 */
	public EnqueueOptions delay(Duration delay) {
		return new EnqueueOptions(this.key, delay, this.priority, this.tags, this.isImmediate);
	}

	/**
	 * With a priority, which counts while the item waits for its turn.
	 */
	public EnqueueOptions priority(int priority) {
		return new EnqueueOptions(this.key, this.delay, priority, this.tags, this.isImmediate);
	}

	/**
	 * With tags.
	 * @throws io.kraft.workflow.InvalidCallException if {@link Names} refuses one; a
	 * value may be empty
	 */
	public EnqueueOptions tags(Map<String, String> tags) {
		return new EnqueueOptions(this.key, this.delay, this.priority, tags, this.isImmediate);
	}

	/**
	 * Immediately, also inside a transaction of the application: durable when the call
	 * returns, whether the transaction is committed then or not.
	 */
	public EnqueueOptions immediately() {
		return new EnqueueOptions(this.key, this.delay, this.priority, this.tags, true);
	}

}
