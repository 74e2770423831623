package io.kraft.spring.boot.autoconfigure.definition;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

/**
 * Reads what annotations can only say as text; reports what cannot be read and answers as
 * if it had not been said.
 */
final class AttributeReader {

	private static final String EXAMPLES = "Write it like \"200ms\", \"30s\", \"5m\", \"12h\" or \"7d\".";

	private final DefinitionProblems.Sink problems;

	AttributeReader(DefinitionProblems.Sink problems) {
		this.problems = problems;
	}

	/**
	 * A name.
	 * @param value empty means the default
	 */
	String name(String attribute, String value, String defaultName) {
		if (value.isEmpty()) {
			return defaultName;
		}
		if (value.isBlank()) {
			this.problems.add("The " + attribute + " is blank.",
					"Give it a text, or leave it out to get '" + defaultName + "'.");
			return defaultName;
		}
		return value;
	}

	/**
	 * A duration of at least 0.
	 * @param value empty means null
	 */
	@Nullable Duration duration(String attribute, String value) {
		if (value.isEmpty()) {
			return null;
		}
		try {
			Duration duration = DurationStyle.detectAndParse(value);
			if (!duration.isNegative()) {
				return duration;
			}
			this.problems.add("The " + attribute + " is at least 0, but is \"" + value + "\".", EXAMPLES);
		}
		catch (IllegalArgumentException | ArithmeticException ex) {
			this.problems.add("The " + attribute + " \"" + value + "\" is not a duration.", EXAMPLES);
		}
		return null;
	}

	/**
	 * A duration of more than 0.
	 * @param value empty means null
	 */
	@Nullable Duration positiveDuration(String attribute, String value) {
		Duration duration = duration(attribute, value);
		if (duration != null && duration.isZero()) {
			this.problems.add("The " + attribute + " is more than 0, but is \"" + value + "\".",
					"Leave it out if there shall be none.");
			return null;
		}
		return duration;
	}

	/**
	 * Reports a number that is out of bounds.
	 * @return whether it is within
	 */
	boolean check(boolean within, String attribute, String bound, Object value) {
		if (!within) {
			this.problems.add("The " + attribute + " is " + bound + ", but is " + value + ".",
					"Choose a value within the bound, or leave it out to get the default.");
		}
		return within;
	}

}
