package io.kraft.workflow;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The one rule for ids, names, keys and tags: 1 to {@value #MAX_LENGTH} characters, all
 * of which can be seen. They are shown to people, written to logs and put into URLs,
 * where two of them must not look alike, nor end a line.
 *
 * @since 0.1.0
 */
public final class Names {

	/** Longest name, in characters. */
	public static final int MAX_LENGTH = 512;

	private Names() {
	}

	/**
	 * Checks a name.
	 * @param what it is, to begin a sentence, such as {@code "The id of a run"}
	 * @return the name
	 * @throws InvalidCallException if it is empty, too long, or has a control character,
	 * a mark that changes the direction of a text, a line separator or an unpaired
	 * surrogate
	 */
	public static String check(String what, String name) {
		String fault = faultOf(name);
		if (fault != null) {
			throw invalid(what, fault);
		}
		return name;
	}

	/**
	 * As {@link #check}, for what may be empty.
	 */
	public static String checkOptional(String what, String text) {
		Objects.requireNonNull(text, () -> what + " is null");
		return text.isEmpty() ? text : check(what, text);
	}

	/**
	 * What is wrong with a name, to continue a sentence that begins with what it is, with
	 * every hidden character escaped; null if nothing is.
	 */
	public static @Nullable String faultOf(String name) {
		if (name.isEmpty() || name.length() > MAX_LENGTH) {
			return "has 1 to " + MAX_LENGTH + " characters, but this one has " + name.length();
		}
		int hidden = VisibleText.indexOfHidden(name);
		return (hidden < 0) ? null
				: "has no control characters, no marks of direction, no line separators and no unpaired surrogates, "
						+ "but this one has U+%04X at index %d: '".formatted(name.codePointAt(hidden), hidden)
						+ VisibleText.escape(name) + "'";
	}

	private static InvalidCallException invalid(String what, String fault) {
		return new InvalidCallException(what + " " + fault + ". See docs/reference/errors.md#kraft-1008");
	}

}
