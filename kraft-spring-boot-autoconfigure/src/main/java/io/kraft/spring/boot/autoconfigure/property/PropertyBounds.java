package io.kraft.spring.boot.autoconfigure.property;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;

/**
 * Refuses values of properties that are out of bounds, with the bound and the fix.
 */
public final class PropertyBounds {

	private static final Pattern URL_PATH = Pattern.compile("(/[\\w.~-]+)+");

	private static final Pattern HOST_NAME = Pattern.compile("[\\w-]+(\\.[\\w-]+)*");

	private PropertyBounds() {
	}

	/**
	 * A number of at least the bound.
	 */
	public static void atLeast(long bound, String property, long value) {
		check(value >= bound, property, value, "at least " + bound);
	}

	/**
	 * A quantity of at least the bound.
	 */
	public static <T extends Comparable<T>> void atLeast(T bound, String property, T value) {
		check(value.compareTo(bound) >= 0, property, value, "at least " + bound);
	}

	/**
	 * A size of at least the bound.
	 * @param reason of the bound, as the end of a sentence
	 */
	public static void atLeast(DataSize bound, String reason, String property, DataSize value) {
		check(value.compareTo(bound) >= 0, property, value, "at least " + bound.toMegabytes() + "MB " + reason);
	}

	/**
	 * A duration of at least 0.
	 */
	public static void notNegative(String property, Duration value) {
		check(!value.isNegative(), property, value, "at least 0");
	}

	/**
	 * A size of at least 0.
	 */
	public static void notNegative(String property, DataSize value) {
		check(!value.isNegative(), property, value, "at least 0");
	}

	/**
	 * A duration of more than 0.
	 */
	public static void positive(String property, Duration value) {
		check(value.isPositive(), property, value, "more than 0");
	}

	/**
	 * A number between two others, both included.
	 * @param bound the same, for the message
	 */
	public static void within(double from, double to, String bound, String property, double value) {
		check(value >= from && value <= to, property, value, bound);
	}

	/**
	 * A count of at least 1.
	 */
	public static void count(String property, int value) {
		atLeast(1, property, value);
	}

	/**
	 * A factor of at least 1.
	 */
	public static void multiplier(String property, double value) {
		within(1, Double.MAX_VALUE, "at least 1", property, value);
	}

	/**
	 * A share of 0 to 1.
	 */
	public static void share(String property, double value) {
		within(0, 1, "0 to 1", property, value);
	}

	/**
	 * Checks a value that may be absent.
	 * @param value null means that it is
	 */
	public static <T> void ifSet(@Nullable T value, Consumer<T> check) {
		if (value != null) {
			check.accept(value);
		}
	}

	/**
	 * A path of this operating system, not empty.
	 */
	public static Path path(String property, String value) {
		check(!value.isBlank(), property, value, "not empty");
		try {
			return Path.of(value);
		}
		catch (InvalidPathException ex) {
			throw invalid(property, value, "a path of this operating system (" + ex.getReason() + ")");
		}
	}

	/**
	 * A text that is not blank.
	 */
	public static void notBlank(String property, String value) {
		check(!value.isBlank(), property, value, "not empty");
	}

	/**
	 * The name of a host, such as {@code ops.example.com}.
	 */
	public static void hostName(String property, String value) {
		check(HOST_NAME.matcher(value).matches(), property, value, "a host name such as ops.example.com");
	}

	/**
	 * A path of a URL, such as {@code /kraft} or {@code /ops/kraft}.
	 */
	public static void urlPath(String property, String value) {
		check(URL_PATH.matcher(value).matches(), property, value, "a path such as /kraft");
	}

	/**
	 * Two properties of which one is of no use without the other.
	 * @param value of the first one; null if it is not set
	 * @param other the second one, whose value is not shown
	 * @param otherIsSet whether that is set
	 */
	public static void together(String property, @Nullable String value, String other, boolean otherIsSet) {
		if ((value != null) != otherIsSet) {
			throw new InvalidConfigurationPropertyValueException(property, value,
					otherIsSet ? "It must be set, because " + other + " is." : "It needs " + other + " to be set.");
		}
	}

	private static void check(boolean valid, String property, Object value, String bound) {
		if (!valid) {
			throw invalid(property, value, bound);
		}
	}

	private static InvalidConfigurationPropertyValueException invalid(String property, Object value, String bound) {
		return new InvalidConfigurationPropertyValueException(property, value, "It must be " + bound + ".");
	}

}
