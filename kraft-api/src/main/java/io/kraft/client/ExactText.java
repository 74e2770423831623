package io.kraft.client;

import java.util.Objects;

import io.kraft.workflow.InvalidCallException;

/**
 * Texts that can be stored as they are: those without unpaired surrogates, which UTF-8
 * cannot encode.
 *
 * @since 0.1.0
 */
public final class ExactText {

	private ExactText() {
	}

	/**
	 * Checks that the text can be stored.
	 * @param what names it in the message, such as {@code "the name of a signal"}
	 * @return the text
	 * @throws InvalidCallException if it has an unpaired surrogate
	 */
	public static String check(String what, String text) {
		Objects.requireNonNull(text, () -> what + " is null");
		if (!isExact(text)) {
			throw new InvalidCallException(what + " has an unpaired surrogate, which cannot be stored: '"
					+ text.replaceAll("\\p{Cs}", "?")
					+ "'. Was a text cut in the middle of a character? See docs/reference/errors.md#kraft-1008");
		}
		return text;
	}

	/**
	 * The text with a replacement character in the place of each unpaired surrogate.
	 */
	public static String repair(String text) {
		return isExact(text) ? text : text.replaceAll("\\p{Cs}", "\uFFFD");
	}

	/**
	 * Whether it can be stored.
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
