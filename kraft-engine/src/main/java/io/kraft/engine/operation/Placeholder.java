package io.kraft.engine.operation;

import java.lang.reflect.Type;

import org.jspecify.annotations.Nullable;

/**
 * What a recorded call returns in place of its result: null, or, where the method's type
 * is primitive, a value that is unlikely to come out of a computation with it. So what a
 * lambda makes of the result of the call is distinguished from the result itself, and not
 * lost without a word: zero times two would be zero. A {@code boolean} can only be false.
 */
public final class Placeholder {

	/** Negative, so that a loop up to it ends immediately; exact as a {@code float}. */
	private static final int NUMBER = -1_313_131;

	private static final short SHORT = -19_283;

	private static final byte BYTE = -75;

	/** For private use. */
	private static final char CHARACTER = '\uE4B7';

	private Placeholder() {
	}

	/**
	 * In place of a result of a type.
	 */
	public static @Nullable Object of(Type type) {
		if (type == boolean.class) {
			return false;
		}
		if (type == char.class) {
			return CHARACTER;
		}
		if (type == byte.class) {
			return BYTE;
		}
		if (type == short.class) {
			return SHORT;
		}
		if (type == int.class) {
			return NUMBER;
		}
		if (type == long.class) {
			return (long) NUMBER;
		}
		if (type == float.class) {
			return (float) NUMBER;
		}
		return (type == double.class) ? (double) NUMBER : null;
	}

	/**
	 * Whether a lambda has returned what the call in it did.
	 * @param type of the result of the call
	 */
	static boolean isReturned(Object returned, Type type) {
		return returned.equals(of(type));
	}

	/**
	 * Whether a lambda has converted what the call in it returned, and done nothing else
	 * to it: to a wider primitive type, as a rule.
	 * @param type of the result of the call
	 */
	static boolean isConverted(Object returned, Type type) {
		Object expected = of(type);
		return expected != null && !(expected instanceof Boolean) && returned instanceof Number number
				&& Double.compare(number.doubleValue(), toDouble(expected)) == 0;
	}

	private static double toDouble(Object number) {
		return (number instanceof Character character) ? character : ((Number) number).doubleValue();
	}

}
