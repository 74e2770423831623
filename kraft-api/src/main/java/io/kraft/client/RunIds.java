package io.kraft.client;

/**
 * The bounds of a run's id.
 *
 * @since 0.1.0
 */
public final class RunIds {

	/** Longest id, in characters. */
	public static final int MAX_LENGTH = 512;

	private RunIds() {
	}

	/**
	 * Checks that the id is valid.
	 * @return the id
	 * @throws IllegalArgumentException if it is empty, too long, has a control character
	 * or an unpaired surrogate, which UTF-8 cannot encode
	 */
	public static String check(String id) {
		return check("A run's id", id);
	}

	/**
	 * As {@link #check(String)}, for what has the same bounds.
	 * @param what it is, to begin a sentence
	 */
	public static String check(String what, String id) {
		if (id.isEmpty() || id.length() > MAX_LENGTH) {
			throw new IllegalArgumentException(
					what + " has 1 to " + MAX_LENGTH + " characters, but this one has " + id.length());
		}
		if (id.chars().anyMatch(Character::isISOControl)) {
			throw new IllegalArgumentException(
					what + " has no control characters, but this one has: '" + id.replaceAll("\\p{Cntrl}", "?") + "'");
		}
		if (id.codePoints().anyMatch((point) -> Character.getType(point) == Character.SURROGATE)) {
			throw new IllegalArgumentException(
					what + " has no unpaired surrogates, but this one has: '" + id.replaceAll("\\p{Cs}", "?") + "'");
		}
		return id;
	}

}
