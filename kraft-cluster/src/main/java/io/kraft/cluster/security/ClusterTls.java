package io.kraft.cluster.security;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS between nodes that have the same secret. Each shows the key of its own secret, and
 * accepts that and the one of the previous secret. So a secret is replaced by two rolling
 * restarts: in the first one nodes get the new secret as the previous one, which they
 * accept then, in the second one it is the secret, and the old one the previous.
 */
public final class ClusterTls {

	private static final Logger log = LoggerFactory.getLogger(ClusterTls.class);

	private final X509ExtendedKeyManager keyManager;

	private final X509ExtendedTrustManager trustManager;

	private ClusterTls(KeyPair own, List<PublicKey> accepted) {
		this.keyManager = new OwnKey(own);
		this.trustManager = new PinnedTrust(accepted);
	}

	/**
	 * Of a cluster.
	 * @param previous accepted from others, never shown; null if there is none
	 * @param cluster its name
	 */
	public static ClusterTls of(ClusterSecret secret, @Nullable ClusterSecret previous, String cluster) {
		if (secret.isWeak()) {
			log.warn("kraft.cluster.secret may be guessed: one connection to a node is enough to try secrets without "
					+ "asking it again. Make one with 'openssl rand -base64 32'");
		}
		KeyPair own = ClusterKeys.derive(secret, cluster);
		List<PublicKey> accepted = new ArrayList<>(List.of(own.getPublic()));
		if (previous != null) {
			accepted.add(ClusterKeys.derive(previous, cluster).getPublic());
		}
		return new ClusterTls(own, accepted);
	}

	/**
	 * Shows the node's key.
	 */
	public X509ExtendedKeyManager keyManager() {
		return this.keyManager;
	}

	/**
	 * Accepts those keys. A server that uses it must ask for a certificate: without that
	 * anyone connects.
	 */
	public X509ExtendedTrustManager trustManager() {
		return this.trustManager;
	}

	/**
	 * For sockets and engines of the JDK.
	 */
	public SSLContext context() {
		try {
			SSLContext context = SSLContext.getInstance("TLSv1.3");
			context.init(new KeyManager[] { this.keyManager }, new TrustManager[] { this.trustManager }, null);
			return context;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("this Java platform has no TLS 1.3", ex);
		}
	}

}
