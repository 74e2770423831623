package io.kraft.cluster.security;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * By what the connections of a node are secured.
 */
public enum ClusterSecurity {

	/** By the key of {@code kraft.cluster.secret}. */
	SECRET,

	/** By the certificates of {@code kraft.cluster.ssl.bundle}. */
	CERTIFICATES,

	/** By nothing: only processes of the same machine reach the port. */
	LOOPBACK,

	/** By nothing, as {@code kraft.cluster.insecure} says. */
	INSECURE;

	// The text of an address only: a name is what its resolver says today.
	private static final Pattern LOOPBACK_HOST = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|::1|0:0:0:0:0:0:0:1",
			Pattern.CASE_INSENSITIVE);

	/**
	 * Decides from the settings alone.
	 * @param secret {@code kraft.cluster.secret}
	 * @param previousSecret {@code kraft.cluster.previous-secret}
	 * @param certificates whether certificates are given
	 * @param bindHost where the node listens; null: on all addresses
	 * @param insecure {@code kraft.cluster.insecure}
	 * @throws UnsecuredClusterException (KRAFT-5003) if the port would be open to all
	 * without being asked for, or if the settings contradict each other
	 */
	public static ClusterSecurity decide(@Nullable String secret, @Nullable String previousSecret, boolean certificates,
			@Nullable String bindHost, boolean insecure) {
		if (secret != null && certificates) {
			throw new UnsecuredClusterException(
					"Both 'kraft.cluster.secret' and 'kraft.cluster.ssl.bundle' are set: expected one of them");
		}
		if (previousSecret != null && secret == null) {
			throw new UnsecuredClusterException(
					"'kraft.cluster.previous-secret' is set without 'kraft.cluster.secret': expected both");
		}
		if (insecure && (secret != null || certificates)) {
			throw new UnsecuredClusterException(
					"'kraft.cluster.insecure' is true, and a secret or certificates are set:" + " remove one of them");
		}
		if (secret != null) {
			return SECRET;
		}
		if (certificates) {
			return CERTIFICATES;
		}
		if (insecure) {
			return INSECURE;
		}
		if (bindHost != null && LOOPBACK_HOST.matcher(bindHost).matches()) {
			return LOOPBACK;
		}
		throw new UnsecuredClusterException(("The node would listen on %s, and everyone who reaches its port could read"
				+ " and change all runs: set 'kraft.cluster.secret' to the same random text on all nodes (openssl rand"
				+ " -hex 16), or 'kraft.cluster.ssl.bundle', or 'kraft.cluster.insecure=true' in a network of its own")
			.formatted((bindHost != null) ? "'" + bindHost + "'" : "all addresses"));
	}

}
