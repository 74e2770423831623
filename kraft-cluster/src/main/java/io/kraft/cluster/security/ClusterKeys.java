package io.kraft.cluster.security;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;

import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * The key pair of a secret: the same on each node that has it. PBKDF2 (RFC 8018) with
 * HMAC-SHA256 makes 48 bytes of it, which modulo the order of P-256 are the private key
 * (FIPS 186-5, A.2.1: 16 bytes more than the order, so that none is more likely).
 */
public final class ClusterKeys {

	private static final int BYTES = 48;

	private ClusterKeys() {
	}

	/**
	 * The key pair. Takes about a tenth of a second, with a weak secret seconds.
	 * @param cluster the name of the cluster: the same secret makes another key there
	 */
	public static KeyPair derive(ClusterSecret secret, String cluster) {
		try {
			AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
			parameters.init(new ECGenParameterSpec("secp256r1"));
			ECParameterSpec curve = parameters.getParameterSpec(ECParameterSpec.class);
			BigInteger scalar = scalar(secret, cluster, curve.getOrder());
			KeyFactory factory = KeyFactory.getInstance("EC");
			ECPrivateKey key = (ECPrivateKey) factory.generatePrivate(new ECPrivateKeySpec(scalar, curve));
			ECPublicKey point = (ECPublicKey) factory.generatePublic(new ECPublicKeySpec(P256.multiply(scalar), curve));
			return new KeyPair(point, key);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("this Java platform has no PBKDF2 or no P-256", ex);
		}
	}

	/** From 1 to the order - 1. */
	private static BigInteger scalar(ClusterSecret secret, String cluster, BigInteger order)
			throws GeneralSecurityException {
		PBEKeySpec spec = new PBEKeySpec(secret.characters(), ClusterSecret.salt(cluster), secret.rounds(),
				BYTES * Byte.SIZE);
		byte[] bytes = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
		try {
			BigInteger most = order.subtract(BigInteger.ONE);
			return new BigInteger(1, bytes).mod(most).add(BigInteger.ONE);
		}
		finally {
			spec.clearPassword();
			Arrays.fill(bytes, (byte) 0);
		}
	}

}
