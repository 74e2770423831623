package io.kraft.client;

import java.time.Duration;
import java.util.Map;

import io.kraft.workflow.Names;
import org.jspecify.annotations.Nullable;

/**
 * How a run is started. Immutable: each method returns a changed copy.
 *
 * {@snippet class = "io.kraft.example.OrderDesk" region = "options"}
 *
 * @param id the run's id; null leaves it to the workflow's own {@code id}, or a random
 * UUID
 * @param timeout of the whole run, more than 0; null leaves it to the workflow's own
 * {@code timeout}
 * @param delay how long the run waits before it may begin; 0 or more
 * @param priority of runs that wait for their turn the higher ones go first, equals in
 * the order of their start
 * @param tags labels by which runs can be listed
 * @param ifExists what happens when the id is taken
 * @param isImmediate whether a start inside a transaction of the application does not
 * wait for its commit
 * @since 0.1.0
 */
public record StartOptions(@Nullable String id, @Nullable Duration timeout, Duration delay, int priority,
		Map<String, String> tags, IfExists ifExists, boolean isImmediate) {

	private static final StartOptions DEFAULTS = new StartOptions(null, null, Duration.ZERO, 0, Map.of(),
			IfExists.ATTACH, false);

	public StartOptions {
		RequiredArgument.check("StartOptions.delay", "delay", delay, "For none use Duration.ZERO");
		RequiredArgument.check("StartOptions.ifExists", "ifExists", ifExists);
		tags = RequiredArgument.entries("StartOptions.tags", "tags", tags);
		tags.forEach((name, text) -> {
			Names.check("The name of a tag", name);
			Names.checkOptional("The value of the tag '" + name + "'", text);
		});
		if (id != null) {
			RunIds.check(id);
		}
		if (timeout != null) {
			checkTimeout(timeout);
		}
		if (delay.isNegative()) {
			throw new IllegalArgumentException("A run's delay is 0 or more, but this one is " + delay);
		}
	}

	/**
	 * A random or expression-given id, the workflow's own time-out, no tags, attach to a
	 * run that exists.
	 */
	public static StartOptions defaults() {
		return DEFAULTS;
	}

	/**
	 * With an id.
	 * @param id 1 to 512 visible characters
	 * @throws io.kraft.workflow.InvalidCallException if {@link Names} refuses it
	 */
	public StartOptions id(String id) {
		return new StartOptions(RequiredArgument.given("StartOptions.id", "id", id), this.timeout, this.delay,
				this.priority, this.tags, this.ifExists, this.isImmediate);
	}

	/**
	 * With a time-out of the whole run, in place of the workflow's own. A start that
	 * attaches to a run leaves that run's time-out alone.
	 * @param timeout counted from the start of the run; more than 0
	 * @throws IllegalArgumentException if it is not more than 0
	 */
	public StartOptions timeout(Duration timeout) {
		return new StartOptions(this.id, RequiredArgument.given("StartOptions.timeout", "timeout", timeout), this.delay,
				this.priority, this.tags, this.ifExists, this.isImmediate);
	}

	/**
	 * With a delay: the run is {@link WorkflowStatus#SCHEDULED} until it is over. A
	 * time-out counts from then on.
	 * @throws IllegalArgumentException if it is less than 0
	 */
	public StartOptions delay(Duration delay) {
		return new StartOptions(this.id, this.timeout, delay, this.priority, this.tags, this.ifExists,
				this.isImmediate);
	}

	/**
	 * With a priority, which counts while the run waits for its turn.
	 */
	public StartOptions priority(int priority) {
		return new StartOptions(this.id, this.timeout, this.delay, priority, this.tags, this.ifExists,
				this.isImmediate);
	}

	/**
	 * With tags.
	 * @throws io.kraft.workflow.InvalidCallException if {@link Names} refuses one; a
	 * value may be empty
	 */
	public StartOptions tags(Map<String, String> tags) {
		return new StartOptions(this.id, this.timeout, this.delay, this.priority, tags, this.ifExists,
				this.isImmediate);
	}

	public StartOptions ifExists(IfExists ifExists) {
		return new StartOptions(this.id, this.timeout, this.delay, this.priority, this.tags, ifExists,
				this.isImmediate);
	}

	/**
	 * Immediately, also inside a transaction of the application: durable when the start
	 * returns, whether the transaction is committed then or not.
	 */
	public StartOptions immediately() {
		return new StartOptions(this.id, this.timeout, this.delay, this.priority, this.tags, this.ifExists, true);
	}

	private static void checkTimeout(Duration timeout) {
		if (!timeout.isPositive()) {
			throw new IllegalArgumentException("A run's timeout is more than 0, but this one is " + timeout);
		}
	}

}
