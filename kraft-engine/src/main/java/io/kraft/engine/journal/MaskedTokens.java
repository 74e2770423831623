package io.kraft.engine.journal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Makes tokens of callbacks useless wherever a run is shown, be it in the arguments of
 * the step that was to send one: to read is not to act. A token is
 * {@code <id>~<place>~<signature>}; each character of its signature becomes an asterisk,
 * so that texts keep their length, and the same token is the same text everywhere.
 */
public final class MaskedTokens {

	/** Of a signature: 32 bytes in Base64, without padding. */
	private static final int LENGTH = 43;

	/** In place of a signature. */
	public static final String MASK = "*".repeat(LENGTH);

	// Begins at a character that is rare: a search through other text is linear.
	private static final Pattern SIGNATURE = Pattern.compile("(~[0-9.:]{1,512}+~)[A-Za-z0-9_-]{" + LENGTH + "}");

	private MaskedTokens() {
	}

	/**
	 * The text without signatures of tokens.
	 */
	public static String in(String text) {
		if (text.indexOf('~') < 0) {
			return text;
		}
		Matcher signature = SIGNATURE.matcher(text);
		return signature.find() ? signature.replaceAll("$1" + Matcher.quoteReplacement(MASK)) : text;
	}

	/**
	 * The text without signatures of tokens; null stays null.
	 */
	public static @Nullable String inOptional(@Nullable String text) {
		return (text != null) ? in(text) : null;
	}

}
