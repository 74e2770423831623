package io.kraft.engine.run;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

import io.kraft.client.RunIds;

/**
 * Ids that the engine makes of other ids: what they are made of with a suffix, or, where
 * that is longer than an id may be, its beginning and a hash of the whole, with the
 * suffix. The same parts give the same id, in any process and version: a start that is
 * repeated after a crash must find what it has made.
 */
public final class DerivedIds {

	/** Stands before a hash; what follows {@code ~} otherwise is a number. */
	private static final String MARK = "~x";

	private static final int HASH_BYTES = 16;

	/** A longer one is part of the hash. */
	private static final int MAX_SUFFIX = 100;

	/**
	 * Of what is shortened, the hash included: always the same, so that siblings look
	 * alike.
	 */
	private static final int SHORTENED = RunIds.MAX_LENGTH - MAX_SUFFIX;

	private DerivedIds() {
	}

	/**
	 * The id that is derived from a base.
	 * @param base an id or a name
	 * @param suffix what distinguishes it from others of the same base
	 * @return at most {@value RunIds#MAX_LENGTH} characters
	 */
	public static String of(String base, String suffix) {
		if (base.length() + suffix.length() <= RunIds.MAX_LENGTH) {
			return base + suffix;
		}
		return (suffix.length() <= MAX_SUFFIX) ? shortened(base) + suffix : shortened(base + suffix);
	}

	private static String shortened(String text) {
		int length = SHORTENED - MARK.length() - 2 * HASH_BYTES;
		if (text.length() <= length) {
			return text;
		}
		// No half of a surrogate pair is left over.
		int end = Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
		return text.substring(0, end) + MARK + hash(text);
	}

	private static String hash(String text) {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(Arrays.copyOf(hash, HASH_BYTES));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every JDK has SHA-256", ex);
		}
	}

}
