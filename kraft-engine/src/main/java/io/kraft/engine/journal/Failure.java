package io.kraft.engine.journal;

import org.jspecify.annotations.Nullable;

/**
 * An exception as data.
 *
 * @param type fully qualified class name
 * @param message null if it has none
 * @param stackTrace its frames, a line each, bounded; for people
 * @param cause null if it has none, or where the chain was cut
 */
public record Failure(String type, @Nullable String message, String stackTrace, @Nullable Failure cause) {

	/**
	 * Type and message in one line.
	 */
	public String summary() {
		return (this.message != null) ? this.type + ": " + this.message : this.type;
	}

}
