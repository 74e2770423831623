package io.kraft.client;

import java.util.Map;
import java.util.Optional;

/**
 * How a run is started. Immutable: each method answers a changed copy.
 *
 * @param id the run's id; empty leaves it to the workflow's own {@code id}, or a random
 * UUID
 * @param tags labels by which runs can be listed
 * @param ifExists what happens when the id is taken
 */
public record StartOptions(Optional<String> id, Map<String, String> tags, IfExists ifExists) {

	private static final StartOptions DEFAULTS = new StartOptions(Optional.empty(), Map.of(), IfExists.ATTACH);

	public StartOptions {
		tags = Map.copyOf(tags);
		id.ifPresent(RunIds::check);
	}

	/**
	 * A random or expression-given id, no tags, attach to a run that exists.
	 */
	public static StartOptions defaults() {
		return DEFAULTS;
	}

	/**
	 * With an id.
	 * @param id 1 to 512 characters, none of them a control character
	 */
	public StartOptions id(String id) {
		return new StartOptions(Optional.of(id), this.tags, this.ifExists);
	}

	public StartOptions tags(Map<String, String> tags) {
		return new StartOptions(this.id, tags, this.ifExists);
	}

	public StartOptions ifExists(IfExists ifExists) {
		return new StartOptions(this.id, this.tags, ifExists);
	}

}
