package io.kraft.cluster.security;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

import org.jspecify.annotations.Nullable;

/**
 * Shows one certificate to every peer, in both directions.
 */
final class OneKey extends X509ExtendedKeyManager {

	private static final String ALIAS = "kraft";

	private final PrivateKey key;

	private final X509Certificate certificate;

	OneKey(PrivateKey key, X509Certificate certificate) {
		this.key = key;
		this.certificate = certificate;
	}

	private static @Nullable String aliasIf(String keyType) {
		return keyType.startsWith("EC") ? ALIAS : null;
	}

	@Override
	public @Nullable String chooseEngineClientAlias(String[] keyTypes, Principal @Nullable [] issuers,
			SSLEngine engine) {
		return chooseClientAlias(keyTypes, issuers, null);
	}

	@Override
	public @Nullable String chooseEngineServerAlias(String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
		return aliasIf(keyType);
	}

	@Override
	public @Nullable String chooseClientAlias(String[] keyTypes, Principal @Nullable [] issuers,
			@Nullable Socket socket) {
		for (String keyType : keyTypes) {
			if (aliasIf(keyType) != null) {
				return ALIAS;
			}
		}
		return null;
	}

	@Override
	public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
		return aliasIf(keyType);
	}

	@Override
	public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
		return (aliasIf(keyType) != null) ? new String[] { ALIAS } : null;
	}

	@Override
	public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
		return getClientAliases(keyType, issuers);
	}

	@Override
	public X509Certificate @Nullable [] getCertificateChain(String alias) {
		return ALIAS.equals(alias) ? new X509Certificate[] { this.certificate } : null;
	}

	@Override
	public @Nullable PrivateKey getPrivateKey(String alias) {
		return ALIAS.equals(alias) ? this.key : null;
	}

}
