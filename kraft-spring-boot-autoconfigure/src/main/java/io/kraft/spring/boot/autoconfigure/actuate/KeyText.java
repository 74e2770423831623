package io.kraft.spring.boot.autoconfigure.actuate;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The digits of a key in Base64, which are found in a text however they are written
 * there: with or without padding, quotes, escapes and line breaks, in the alphabet for
 * URLs, and among other things. A text that is a part of the key shows it, too.
 *
 * @param digits of Base64 only
 */
record KeyText(String digits) {

	/** Shorter texts occur in a key by accident. */
	static final int MIN_PART = 8;

	/** No key is shorter: the shortest have 16 bytes. */
	private static final int MIN_KEY = 16;

	/** Of URLs and of JSON. */
	private static final Pattern ESCAPES = Pattern.compile("(?:%|\\\\u00)([0-9A-Fa-f]{2})");

	/**
	 * That of a configured key.
	 */
	static KeyText of(String key) {
		return new KeyText(digits(key));
	}

	/**
	 * Whether it is long enough for a key; what is shorter would be found everywhere.
	 */
	boolean isKey() {
		return this.digits.length() >= MIN_KEY;
	}

	/**
	 * Whether a text contains the key, or is at least {@value #MIN_PART} digits of it.
	 */
	boolean isShownBy(String text) {
		String found = digits(text);
		return found.contains(this.digits) || (found.length() >= MIN_PART && this.digits.contains(found));
	}

	private static String digits(String text) {
		String plain = ESCAPES.matcher(text).replaceAll(KeyText::character);
		return plain.replace('-', '+').replace('_', '/').replaceAll("[^A-Za-z0-9+/]", "");
	}

	private static String character(MatchResult escape) {
		return Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(escape.group(1), 16)));
	}

	/**
	 * Without the key.
	 */
	@Override
	public String toString() {
		return "KeyText[" + this.digits.length() + " digits]";
	}

}
