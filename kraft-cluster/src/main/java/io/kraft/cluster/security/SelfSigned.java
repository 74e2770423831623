package io.kraft.cluster.security;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;

/**
 * A certificate of a key pair, signed by it (RFC 5280). Nothing in it counts but the key:
 * it never expires, since an expired one would end a cluster without any need.
 */
final class SelfSigned {

	/** ECDSA with SHA-256. */
	private static final byte[] ALGORITHM = Der.sequence(Der.id(1, 2, 840, 10_045, 4, 3, 2));

	private static final byte[] COMMON_NAME = Der.id(2, 5, 4, 3);

	private static final String BEGIN = "20200101000000Z";

	/** RFC 5280, 4.1.2.5: no well-defined expiration date. */
	private static final String END = "99991231235959Z";

	private SelfSigned() {
	}

	static X509Certificate of(KeyPair keys) {
		try {
			byte[] name = Der.sequence(Der.set(Der.sequence(COMMON_NAME, Der.text("kraft-cluster"))));
			byte[] contents = Der.sequence(Der.tagged(0, Der.integer(BigInteger.TWO)), Der.integer(BigInteger.ONE),
					ALGORITHM, name, Der.sequence(Der.time(BEGIN), Der.time(END)), name, keys.getPublic().getEncoded());
			Signature signature = Signature.getInstance("SHA256withECDSA");
			signature.initSign(keys.getPrivate());
			signature.update(contents);
			byte[] certificate = Der.sequence(contents, ALGORITHM, Der.bits(signature.sign()));
			return (X509Certificate) CertificateFactory.getInstance("X.509")
				.generateCertificate(new ByteArrayInputStream(certificate));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("this Java platform makes no certificate with P-256", ex);
		}
	}

}
