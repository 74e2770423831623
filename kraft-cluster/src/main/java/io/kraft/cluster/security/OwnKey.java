package io.kraft.cluster.security;

import java.net.Socket;
import java.security.KeyPair;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

import org.jspecify.annotations.Nullable;

/**
 * Shows one certificate to each other side.
 */
final class OwnKey extends X509ExtendedKeyManager {

	private static final String ALIAS = "cluster";

	private static final String ALGORITHM = "EC";

	private final KeyPair keys;

	private final X509Certificate certificate;

	OwnKey(KeyPair keys) {
		this.keys = keys;
		this.certificate = SelfSigned.of(keys);
	}

	private static @Nullable String alias(String type) {
		return type.equals(ALGORITHM) ? ALIAS : null;
	}

	private static @Nullable String alias(String[] types) {
		for (String type : types) {
			if (alias(type) != null) {
				return ALIAS;
			}
		}
		return null;
	}

	@Override
	public String @Nullable [] getClientAliases(String type, Principal[] issuers) {
		return (alias(type) != null) ? new String[] { ALIAS } : null;
	}

	@Override
	public @Nullable String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
		return alias(types);
	}

	@Override
	public String @Nullable [] getServerAliases(String type, Principal[] issuers) {
		return getClientAliases(type, issuers);
	}

	@Override
	public @Nullable String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
		return alias(type);
	}

	@Override
	public @Nullable String chooseEngineClientAlias(String[] types, Principal[] issuers, SSLEngine engine) {
		return alias(types);
	}

	@Override
	public @Nullable String chooseEngineServerAlias(String type, Principal[] issuers, SSLEngine engine) {
		return alias(type);
	}

	@Override
	public X509Certificate[] getCertificateChain(String alias) {
		return new X509Certificate[] { this.certificate };
	}

	@Override
	public PrivateKey getPrivateKey(String alias) {
		return this.keys.getPrivate();
	}

}
