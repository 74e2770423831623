package io.kraft.spring.boot.web;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.kraft.client.IfExists;
import io.kraft.client.StartOptions;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.util.TokenBuffer;

/**
 * How a run is started, with the components of {@link StartOptions}; what is left out is
 * as there.
 *
 * @param arguments one for each parameter of the workflow
 */
record StartBody(@Nullable String id, @Nullable List<@Nullable TokenBuffer> arguments, @Nullable Duration delay,
		@Nullable Duration timeout, @Nullable Map<String, @Nullable String> tags, @Nullable Integer priority,
		@Nullable IfExists ifExists) {

	private static final Duration MOST = Duration.ofDays(36500);

	List<@Nullable TokenBuffer> argumentsOrNone() {
		return (this.arguments != null) ? this.arguments : List.of();
	}

	/**
	 * The options.
	 * @throws RequestRefusedException if one is out of its bounds
	 */
	StartOptions options() {
		try {
			checkSpan("delay", this.delay);
			checkSpan("timeout", this.timeout);
			StartOptions options = StartOptions.defaults();
			options = (this.id != null) ? options.id(this.id) : options;
			options = (this.delay != null) ? options.delay(this.delay) : options;
			options = (this.timeout != null) ? options.timeout(this.timeout) : options;
			options = (this.tags != null) ? options.tags(checked(this.tags)) : options;
			options = (this.priority != null) ? options.priority(this.priority) : options;
			return (this.ifExists != null) ? options.ifExists(this.ifExists) : options;
		}
		catch (IllegalArgumentException ex) {
			throw RequestRefusedException.malformed(String.valueOf(ex.getMessage()));
		}
	}

	/** The time that it leads to must be one that a clock can show. */
	private static void checkSpan(String name, @Nullable Duration span) {
		if (span != null && span.compareTo(MOST) > 0) {
			throw new IllegalArgumentException("A run's " + name + " is at most " + MOST + ", but this one is " + span);
		}
	}

	@SuppressWarnings("NullAway") // What is null was refused.
	private static Map<String, String> checked(Map<String, @Nullable String> tags) {
		if (tags.containsValue(null)) {
			throw new IllegalArgumentException("A tag has a value, but one is null");
		}
		return tags;
	}

}
