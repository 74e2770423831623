package io.kraft.engine.journal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Makes tokens of callbacks useless wherever a run is shown, be it in the arguments of
 * the step that was to send one: to read is not to act. A token is
 * {@code <id>~<place>~<signature>}; each character of its signature becomes an asterisk,
 * so that texts keep their length, and the same token is the same text everywhere.
 * <p>
 * What is left of a token that was cut is masked, too: of a signature that lacks a
 * character or two the rest is found by trying. A text is cut by {@link #cut}, or masked
 * before, and never the other way round.
 */
public final class MaskedTokens {

	/** Of a signature: 32 bytes in Base64, without padding. */
	private static final int LENGTH = 43;

	/** In place of a signature. */
	public static final String MASK = "*".repeat(LENGTH);

	/**
	 * Fewer characters of a signature are masked only where the text ends, or has an
	 * ellipsis: elsewhere they are no token, or too few to find the others.
	 */
	private static final int SHORTEST = 37;

	/** Also as it is in the query of an URL. */
	private static final String TILDE = "(?:~|%7[Ee])";

	/** With the generation in front of it, or not. */
	private static final String PLACE = "[0-9.:]{1,512}+(?:%3[Aa][0-9.]{1,512}+)?+";

	// Begins at a character that is rare: a search through other text is linear.
	private static final Pattern SIGNATURE = Pattern.compile("(" + TILDE + PLACE + TILDE + ")([A-Za-z0-9_-]{" + SHORTEST
			+ "," + LENGTH + "}|[A-Za-z0-9_-]{1," + SHORTEST + "}+(?=…|\\z))");

	private MaskedTokens() {
	}

	/**
	 * The text without signatures of tokens.
	 */
	public static String in(String text) {
		if (text.indexOf('~') < 0 && !text.contains("%7")) {
			return text;
		}
		Matcher signature = SIGNATURE.matcher(text);
		return signature.find() ? signature.replaceAll((found) -> found.group(1) + "*".repeat(found.group(2).length()))
				: text;
	}

	/**
	 * The text without signatures of tokens; null stays null.
	 */
	public static @Nullable String inOptional(@Nullable String text) {
		return (text != null) ? in(text) : null;
	}

	/**
	 * The beginning of a text, without signatures of tokens, and an ellipsis if that is
	 * not all.
	 * @param most characters, without the ellipsis
	 */
	public static String cut(String text, int most) {
		return (text.length() <= most) ? in(text) : beginning(text, most) + "…";
	}

	/**
	 * The beginning of a text, without signatures of tokens, whole or in part. Only that
	 * is looked at, however long the text is.
	 * @param most characters; one less where that would be half of one
	 */
	public static String beginning(String text, int most) {
		if (text.length() <= most) {
			return in(text);
		}
		String masked = in(text.substring(0, (int) Math.min(text.length(), (long) most + LENGTH)));
		return masked.substring(0, Character.isHighSurrogate(masked.charAt(most - 1)) ? most - 1 : most);
	}

}
