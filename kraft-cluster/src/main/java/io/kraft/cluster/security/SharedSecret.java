package io.kraft.cluster.security;

import java.security.KeyPair;
import java.security.PublicKey;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Mutual TLS among all that know a secret.
 */
public final class SharedSecret {

	private static final Logger logger = LoggerFactory.getLogger(SharedSecret.class);

	private static final int MIN_LENGTH = 16;

	private SharedSecret() {
	}

	/**
	 * Derives the key of a cluster. Takes some ten milliseconds; a second and a warning
	 * for a secret that is too weak.
	 * @param secret shown to others, and accepted
	 * @param previous accepted too, while nodes of it may still run
	 * @param clusterName nodes of another cluster with the same secret are refused
	 * @param clock which limits log lines about refused peers
	 * @throws IllegalArgumentException if a secret cannot be one
	 */
	public static ClusterTls tls(String secret, @Nullable String previous, String clusterName, InstantSource clock) {
		check("kraft.cluster.secret", secret);
		KeyPair own = DerivedKeys.of(secret, clusterName);
		List<PublicKey> accepted = new ArrayList<>(List.of(own.getPublic()));
		if (previous != null) {
			check("kraft.cluster.previous-secret", previous);
			accepted.add(DerivedKeys.of(previous, clusterName).getPublic());
		}
		return new ClusterTls(new OneKey(own.getPrivate(), SelfSigned.of(own)), new PinnedTrust(accepted, clock));
	}

	// Other characters have several encodings, and white space is lost in files.
	private static void check(String property, String secret) {
		if (secret.length() < MIN_LENGTH || !secret.chars().allMatch((c) -> c > ' ' && c < 0x7F)) {
			throw new IllegalArgumentException(("'%s' has %d characters: expected at least %d, of visible ASCII"
					+ " characters without white space. A good one is made by: openssl rand -hex 16")
				.formatted(property, secret.length(), MIN_LENGTH));
		}
		if (!SecretStrength.isRandom(secret)) {
			logger.warn("'{}' does not look like 128 random bits: passwords can be tried on one recorded connection."
					+ " A good one is made by: openssl rand -hex 16", property);
		}
	}

}
