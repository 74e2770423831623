package io.kraft.client;

import java.util.Objects;

import io.kraft.workflow.InvalidCallException;

/**
 * Texts that can be kept as they are: those without halves of surrogate pairs, which
 * UTF-8 has no form for.
 */
public final class ExactText {

	private ExactText() {
	}

	/**
	 * Answers the text, if it can be kept.
	 * @param what names it in the message, such as {@code "the name of a signal"}
	 * @return the text
	 * @throws InvalidCallException if it has half of a surrogate pair
	 */
	public static String check(String what, String text) {
		Objects.requireNonNull(text, () -> what + " is null");
		if (!isExact(text)) {
			throw new InvalidCallException(
					what + " has half of a surrogate pair, which cannot be kept: '" + text.replaceAll("\\p{Cs}", "?")
							+ "'. Was a text cut in the middle of a character? See docs/errors.md#kraft-1008");
		}
		return text;
	}

	/**
	 * The text with a replacement character in the place of each half.
	 */
	public static String repair(String text) {
		return isExact(text) ? text : text.replaceAll("\\p{Cs}", "\uFFFD");
	}

	/**
	 * Whether it can be kept.
	 */
	public static boolean isExact(String text) {
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (Character.isSurrogate(c)) {
				if (!Character.isHighSurrogate(c) || i + 1 == text.length()
						|| !Character.isLowSurrogate(text.charAt(i + 1))) {
					return false;
				}
				i++;
			}
		}
		return true;
	}

}
