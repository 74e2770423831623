package io.kraft.cluster.security;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * A shared secret, and how hard it is to guess. It never appears in a text or a message.
 */
public final class ClusterSecret {

	/** For a secret that has as many random bits as the key that is made of it. */
	static final int ROUNDS = 20_000;

	/** For one that could be guessed: OWASP's number for PBKDF2 with HMAC-SHA256. */
	static final int ROUNDS_OF_WEAK = 600_000;

	private static final int MIN_CHARACTERS = 16;

	private static final int STRONG_BITS = 128;

	/** A random secret of that length has more. */
	private static final int FEW_CHARACTERS = 10;

	/**
	 * Letters with what separates words, perhaps a number behind them: as people make
	 * them up.
	 */
	private static final Pattern WORDS = Pattern.compile("[A-Za-z]+([ ._,'-]+[A-Za-z]+)*[ ._-]*[0-9]{0,4}[!?.]?");

	private static final Pattern HEXADECIMAL = Pattern.compile("[0-9a-f]+|[0-9A-F]+");

	private final String secret;

	private final double bits;

	/**
	 * A secret.
	 * @throws IllegalArgumentException if it has less than 16 characters
	 */
	public ClusterSecret(String secret) {
		if (secret.codePointCount(0, secret.length()) < MIN_CHARACTERS) {
			throw new IllegalArgumentException("kraft.cluster.secret has at least " + MIN_CHARACTERS
					+ " characters: make one with 'openssl rand -base64 32'");
		}
		this.secret = secret;
		this.bits = bits(secret);
	}

	/**
	 * Whether it may have less than 128 random bits: to be warned of.
	 */
	public boolean isWeak() {
		return this.bits < STRONG_BITS;
	}

	int rounds() {
		return isWeak() ? ROUNDS_OF_WEAK : ROUNDS;
	}

	char[] characters() {
		return this.secret.toCharArray();
	}

	/**
	 * A guess from outside, which takes a made-up secret for random if it looks so: bits
	 * as if its characters were drawn of the kinds that are in it; none if it looks like
	 * words or repeats itself.
	 */
	private static double bits(String secret) {
		if (WORDS.matcher(secret.strip()).matches() || secret.codePoints().distinct().count() < FEW_CHARACTERS) {
			return 0;
		}
		return secret.length() * Math.log(alphabet(secret)) / Math.log(2);
	}

	private static int alphabet(String secret) {
		if (HEXADECIMAL.matcher(secret).matches()) {
			return secret.chars().allMatch(Character::isDigit) ? 10 : 16;
		}
		int size = secret.chars().anyMatch((one) -> one >= 'a' && one <= 'z') ? 26 : 0;
		size += secret.chars().anyMatch((one) -> one >= 'A' && one <= 'Z') ? 26 : 0;
		size += secret.chars().anyMatch((one) -> one >= '0' && one <= '9') ? 10 : 0;
		return size + 2;
	}

	/** For the salt of a key. */
	static byte[] salt(String cluster) {
		return ("kraft-cluster/" + cluster).getBytes(StandardCharsets.UTF_8);
	}

	@Override
	public String toString() {
		return isWeak() ? "a weak secret" : "a secret";
	}

}
