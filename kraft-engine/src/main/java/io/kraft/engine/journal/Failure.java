package io.kraft.engine.journal;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * An exception as data.
 *
 * @param type fully qualified class name
 * @param message null if it has none
 * @param stackTrace its frames, a line each, bounded; for people
 * @param cause null if it has none, or where the chain was cut
 * @param suppressed what failed besides; kept for the outcome of a run only, with its
 * causes but without their own suppressed ones
 */
public record Failure(String type, @Nullable String message, String stackTrace, @Nullable Failure cause,
		List<Failure> suppressed) {

	public Failure {
		suppressed = List.copyOf(suppressed);
	}

	/**
	 * A failure with nothing suppressed.
	 */
	public Failure(String type, @Nullable String message, String stackTrace, @Nullable Failure cause) {
		this(type, message, stackTrace, cause, List.of());
	}

	/**
	 * The same failure, with others that it suppresses.
	 */
	public Failure withSuppressed(List<Failure> suppressed) {
		return new Failure(this.type, this.message, this.stackTrace, this.cause, suppressed);
	}

	/**
	 * Type and message in one line.
	 */
	public String summary() {
		return (this.message != null) ? this.type + ": " + this.message : this.type;
	}

}
