package io.kraft.cluster.security;

import java.net.Socket;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts who has one of the given keys, and no one else: no authority, no host name, no
 * date. That the other side has the private key is proved by the handshake.
 */
final class PinnedTrust extends X509ExtendedTrustManager {

	private final List<byte[]> keys;

	PinnedTrust(List<PublicKey> keys) {
		this.keys = keys.stream().map(PublicKey::getEncoded).toList();
	}

	private void check(X509Certificate[] chain) throws CertificateException {
		if (chain == null || chain.length == 0) {
			throw new CertificateException("the other node shows no certificate");
		}
		byte[] shown = chain[0].getPublicKey().getEncoded();
		boolean isKnown = false;
		for (byte[] key : this.keys) {
			isKnown |= MessageDigest.isEqual(key, shown);
		}
		if (!isKnown) {
			throw new CertificateException("the other node has another secret, or is of a cluster of another name");
		}
	}

	@Override
	public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
		check(chain);
	}

	@Override
	public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
		check(chain);
	}

	@Override
	public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
			throws CertificateException {
		check(chain);
	}

	@Override
	public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
			throws CertificateException {
		check(chain);
	}

	@Override
	public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
			throws CertificateException {
		check(chain);
	}

	@Override
	public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
			throws CertificateException {
		check(chain);
	}

	@Override
	public X509Certificate[] getAcceptedIssuers() {
		return new X509Certificate[0];
	}

}
