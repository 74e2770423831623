package io.kraft.cluster.security;

/**
 * Whether a secret has 128 random bits, as far as its text shows.
 *
 * <p>
 * The answer decides how the key is derived, so all nodes must find the same, whatever
 * version they have: <strong>what is random here never changes</strong>. Text that is
 * random and not recognized costs a second at the start, and a warning.
 */
final class SecretStrength {

	private static final int HEX_LENGTH = 32;

	private static final int MIXED_LENGTH = 22;

	private SecretStrength() {
	}

	static boolean isRandom(String secret) {
		return isHex(secret) || isMixed(secret);
	}

	// openssl rand -hex 16
	private static boolean isHex(String secret) {
		return secret.length() >= HEX_LENGTH && secret.chars().allMatch((c) -> Character.digit(c, 16) >= 0)
				&& secret.chars().distinct().count() >= 8;
	}

	// openssl rand -base64 16. Letters of words stand beside others of their kind; random
	// ones change between small letters, capitals and digits at two places of three.
	private static boolean isMixed(String secret) {
		String text = secret.replaceAll("=+$", "");
		long changes = 0;
		for (int i = 1; i < text.length(); i++) {
			changes += (kind(text.charAt(i)) != kind(text.charAt(i - 1))) ? 1 : 0;
		}
		return text.length() >= MIXED_LENGTH && text.chars().distinct().count() >= 12
				&& text.chars().map(SecretStrength::kind).distinct().count() >= 3
				&& changes * 20 >= (text.length() - 1) * 9L;
	}

	private static int kind(int c) {
		if (c >= 'a' && c <= 'z') {
			return 0;
		}
		if (c >= 'A' && c <= 'Z') {
			return 1;
		}
		return (c >= '0' && c <= '9') ? 2 : 3;
	}

}
