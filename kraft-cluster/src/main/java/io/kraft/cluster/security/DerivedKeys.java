package io.kraft.cluster.security;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;

import javax.crypto.KeyAgreement;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * The key pair that is made of a secret and the name of the cluster: the same on all
 * nodes, in all versions.
 *
 * <p>
 * The JDK has no method that finds the public key of a private one. Its key agreement
 * multiplies points, but gives only the first coordinate of the result; the second is a
 * root of the equation of the curve, and which of the two it is, a signature shows. So no
 * arithmetic of our own touches the private key.
 */
final class DerivedKeys {

	private static final int ROUNDS = 20_000;

	private static final int ROUNDS_OF_WEAK = 600_000;

	// 128 bits more than the curve has, so that the remainder is as good as even
	// (FIPS 186-5, A.2.1).
	private static final int BITS = 384;

	private DerivedKeys() {
	}

	static KeyPair of(String secret, String clusterName) {
		try {
			ECParameterSpec curve = curve();
			int rounds = SecretStrength.isRandom(secret) ? ROUNDS : ROUNDS_OF_WEAK;
			byte[] salt = ("kraft-cluster/" + clusterName).getBytes(StandardCharsets.UTF_8);
			PBEKeySpec spec = new PBEKeySpec(secret.toCharArray(), salt, rounds, BITS);
			byte[] derived = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
			BigInteger scalar = new BigInteger(1, derived).mod(curve.getOrder().subtract(BigInteger.ONE))
				.add(BigInteger.ONE);
			PrivateKey privateKey = KeyFactory.getInstance("EC").generatePrivate(new ECPrivateKeySpec(scalar, curve));
			return new KeyPair(publicKeyOf(privateKey, curve), privateKey);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("This JVM cannot derive keys of P-256", ex);
		}
	}

	private static ECParameterSpec curve() throws GeneralSecurityException {
		AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
		parameters.init(new ECGenParameterSpec("secp256r1"));
		return parameters.getParameterSpec(ECParameterSpec.class);
	}

	private static PublicKey publicKeyOf(PrivateKey privateKey, ECParameterSpec curve) throws GeneralSecurityException {
		KeyFactory keys = KeyFactory.getInstance("EC");
		KeyAgreement multiply = KeyAgreement.getInstance("ECDH");
		multiply.init(privateKey);
		multiply.doPhase(keys.generatePublic(new ECPublicKeySpec(curve.getGenerator(), curve)), true);
		BigInteger x = new BigInteger(1, multiply.generateSecret());
		BigInteger p = ((ECFieldFp) curve.getCurve().getField()).getP();
		BigInteger square = x.pow(3).add(curve.getCurve().getA().multiply(x)).add(curve.getCurve().getB()).mod(p);
		// p is 3 modulo 4.
		BigInteger y = square.modPow(p.add(BigInteger.ONE).shiftRight(2), p);
		PublicKey one = keys.generatePublic(new ECPublicKeySpec(new ECPoint(x, y), curve));
		if (belongs(one, privateKey)) {
			return one;
		}
		PublicKey other = keys.generatePublic(new ECPublicKeySpec(new ECPoint(x, p.subtract(y)), curve));
		if (belongs(other, privateKey)) {
			return other;
		}
		throw new GeneralSecurityException("No point of the curve belongs to the derived key");
	}

	private static boolean belongs(PublicKey publicKey, PrivateKey privateKey) throws GeneralSecurityException {
		byte[] text = { 'k' };
		Signature signature = Signature.getInstance("SHA256withECDSA");
		signature.initSign(privateKey);
		signature.update(text);
		byte[] signed = signature.sign();
		signature.initVerify(publicKey);
		signature.update(text);
		return signature.verify(signed);
	}

}
