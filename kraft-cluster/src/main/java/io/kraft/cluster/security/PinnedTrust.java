package io.kraft.cluster.security;

import java.net.Socket;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts certificates of given public keys and no others, whatever they say about names
 * and dates: that the peer has the private key, the handshake proves.
 */
final class PinnedTrust extends X509ExtendedTrustManager {

	private static final Logger logger = LoggerFactory.getLogger(PinnedTrust.class);

	private static final Duration QUIET = Duration.ofMinutes(1);

	private final List<byte[]> accepted;

	private final InstantSource clock;

	private @Nullable Instant logged;

	private long unlogged;

	PinnedTrust(List<PublicKey> accepted, InstantSource clock) {
		this.accepted = accepted.stream().map(PublicKey::getEncoded).toList();
		this.clock = clock;
	}

	private void check(X509Certificate @Nullable [] chain, @Nullable String peer) throws CertificateException {
		if (chain != null && chain.length > 0) {
			byte[] key = chain[0].getPublicKey().getEncoded();
			for (byte[] candidate : this.accepted) {
				if (MessageDigest.isEqual(candidate, key)) {
					return;
				}
			}
		}
		log(peer);
		throw new CertificateException("The peer does not have the secret of this cluster");
	}

	private synchronized void log(@Nullable String peer) {
		Instant now = this.clock.instant();
		if (this.logged != null && now.isBefore(this.logged.plus(QUIET))) {
			this.unlogged++;
			return;
		}
		logger.warn("KRAFT-5003: {} has another kraft.cluster.secret or kraft.cluster.name, and is refused"
				+ " ({} refusals since the last such line)", (peer != null) ? peer : "a peer", this.unlogged);
		this.logged = now;
		this.unlogged = 0;
	}

	@Override
	public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
			throws CertificateException {
		check(chain, engine.getPeerHost());
	}

	@Override
	public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
			throws CertificateException {
		check(chain, engine.getPeerHost() + ":" + engine.getPeerPort());
	}

	@Override
	public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
			throws CertificateException {
		check(chain, String.valueOf(socket.getRemoteSocketAddress()));
	}

	@Override
	public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
			throws CertificateException {
		check(chain, String.valueOf(socket.getRemoteSocketAddress()));
	}

	@Override
	public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
		check(chain, null);
	}

	@Override
	public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
		check(chain, null);
	}

	@Override
	public X509Certificate[] getAcceptedIssuers() {
		return new X509Certificate[0];
	}

}
