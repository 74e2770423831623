package io.kraft.engine.journal;

import java.util.List;
import java.util.Map;

import io.kraft.workflow.VisibleText;
import org.jspecify.annotations.Nullable;

/**
 * An exception as data.
 *
 * @param type fully qualified class name
 * @param message null if it has none
 * @param stackTrace its frames, a line each, bounded; for display
 * @param cause null if it has none, or where the chain was cut
 * @param suppressed what failed besides; kept for the outcome of a run only, with its
 * causes but without their own suppressed ones
 * @param fields the values in the message of an exception of Kraft, by name; null if it
 * has none
 */
public record Failure(String type, @Nullable String message, String stackTrace, @Nullable Failure cause,
		List<Failure> suppressed, @Nullable Map<String, String> fields) {

	private static final int MAX_FURTHER = 2_000;

	public Failure {
		suppressed = List.copyOf(suppressed);
		fields = (fields != null && !fields.isEmpty()) ? Map.copyOf(fields) : null;
	}

	/**
	 * A failure without suppressed ones and without fields.
	 */
	public Failure(String type, @Nullable String message, String stackTrace, @Nullable Failure cause) {
		this(type, message, stackTrace, cause, List.of(), null);
	}

	/**
	 * The same failure, with others that it suppresses.
	 */
	public Failure withSuppressed(List<Failure> suppressed) {
		return new Failure(this.type, this.message, this.stackTrace, this.cause, suppressed, this.fields);
	}

	/**
	 * Its summary with those of its causes and of what it suppresses. What comes after
	 * its own is bounded, to 2,000 characters.
	 */
	public String chain() {
		StringBuilder further = new StringBuilder();
		this.suppressed.forEach((other) -> further.append("; suppressed ").append(other.summary()));
		for (Failure failure = this.cause; failure != null; failure = failure.cause) {
			further.append("; caused by ").append(failure.summary());
			failure.suppressed.forEach((other) -> further.append("; suppressed ").append(other.summary()));
		}
		if (further.length() > MAX_FURTHER) {
			boolean isInPair = Character.isHighSurrogate(further.charAt(MAX_FURTHER - 1));
			further.setLength(isInPair ? MAX_FURTHER - 1 : MAX_FURTHER);
			further.append('…');
		}
		return summary() + further;
	}

	/**
	 * Type and message in one line, for display: hidden characters are escaped, and
	 * tokens of callbacks masked.
	 */
	public String summary() {
		return (this.message != null) ? this.type + ": " + VisibleText.escape(MaskedTokens.in(this.message))
				: this.type;
	}

}
