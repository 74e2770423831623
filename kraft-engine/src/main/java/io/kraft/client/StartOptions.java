package io.kraft.client;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How a run is started. Immutable: each method answers a changed copy.
 *
 * @param id the run's id; empty leaves it to the workflow's own {@code id}, or a random
 * UUID
 * @param timeout of the whole run, more than 0; empty leaves it to the workflow's own
 * {@code timeout}
 * @param tags labels by which runs can be listed
 * @param ifExists what happens when the id is taken
 */
public record StartOptions(Optional<String> id, Optional<Duration> timeout, Map<String, String> tags,
		IfExists ifExists) {

	private static final StartOptions DEFAULTS = new StartOptions(Optional.empty(), Optional.empty(), Map.of(),
			IfExists.ATTACH);

	public StartOptions {
		tags = Map.copyOf(tags);
		id.ifPresent(RunIds::check);
		timeout.ifPresent(StartOptions::checkTimeout);
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
	 * @param id 1 to 512 characters, none of them a control character
	 */
	public StartOptions id(String id) {
		return new StartOptions(Optional.of(id), this.timeout, this.tags, this.ifExists);
	}

	/**
	 * With a time-out of the whole run, in place of the workflow's own. A start that
	 * attaches to a run leaves that run's time-out alone.
	 * @param timeout counted from the start of the run; more than 0
	 * @throws IllegalArgumentException if it is not more than 0
	 */
	public StartOptions timeout(Duration timeout) {
		return new StartOptions(this.id, Optional.of(timeout), this.tags, this.ifExists);
	}

	public StartOptions tags(Map<String, String> tags) {
		return new StartOptions(this.id, this.timeout, tags, this.ifExists);
	}

	public StartOptions ifExists(IfExists ifExists) {
		return new StartOptions(this.id, this.timeout, this.tags, ifExists);
	}

	private static void checkTimeout(Duration timeout) {
		if (!timeout.isPositive()) {
			throw new IllegalArgumentException("A run's timeout is more than 0, but this one is " + timeout);
		}
	}

}
