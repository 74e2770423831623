package io.kraft.spring.boot.autoconfigure.definition;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.StringValueResolver;

/**
 * Reads attributes that annotations can only hold as text; reports what cannot be read
 * and treats it as absent.
 */
final class AttributeReader {

	private static final String EXAMPLES = "Write it like \"200ms\", \"30s\", \"5m\", \"12h\" or \"7d\".";

	private final DefinitionProblems.Sink problems;

	private final StringValueResolver placeholders;

	/**
	 * @param placeholders replaces <code>${…}</code> by properties; throws
	 * {@link IllegalArgumentException} for one that is not defined
	 */
	AttributeReader(DefinitionProblems.Sink problems, StringValueResolver placeholders) {
		this.problems = problems;
		this.placeholders = placeholders;
	}

	/**
	 * A text, with its placeholders replaced and without blanks around it.
	 * @return null if that cannot be, which has been reported
	 */
	@Nullable String text(String attribute, String value) {
		try {
			String resolved = this.placeholders.resolveStringValue(value);
			return (resolved != null) ? resolved.strip() : "";
		}
		catch (IllegalArgumentException ex) {
			this.problems.add("The " + attribute + " \"" + value + "\" cannot be resolved (" + ex.getMessage() + ").",
					"Define the property, or give the placeholder a default, such as \"${name:-}\".");
			return null;
		}
	}

	/**
	 * A name.
	 * @param given empty means the default
	 */
	String name(String attribute, String given, String defaultName) {
		if (given.isEmpty()) {
			return defaultName;
		}
		String value = text(attribute, given);
		if (value == null) {
			return defaultName;
		}
		if (value.isEmpty()) {
			this.problems.add("The " + attribute + " is blank.",
					"Give it a text, or leave it out to get '" + defaultName + "'.");
			return defaultName;
		}
		return value;
	}

	/**
	 * A duration of at least 0.
	 * @param given empty means null
	 */
	@Nullable Duration duration(String attribute, String given) {
		String value = text(attribute, given);
		if (value == null || value.isEmpty()) {
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
					"Leave it out for none.");
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
