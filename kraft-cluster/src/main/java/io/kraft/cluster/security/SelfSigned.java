package io.kraft.cluster.security;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;

/**
 * A certificate that carries a public key. TLS wants one; peers look at the key in it
 * only, so its names, dates and number mean nothing, and are the same for ever (RFC 5280,
 * 4.1 for the form, 4.1.2.5 for "no end").
 */
final class SelfSigned {

	private static final int SEQUENCE = 0x30;

	private static final int SET = 0x31;

	private static final int INTEGER = 2;

	private static final int BIT_STRING = 3;

	private static final int OID = 6;

	private static final int UTF8 = 12;

	private static final int GENERALIZED_TIME = 24;

	private static final int UTC_TIME = 23;

	private static final int VERSION = 0xA0;

	private static final byte[] COMMON_NAME = { 0x55, 4, 3 };

	// 1.2.840.10045.4.3.2
	private static final byte[] ECDSA_WITH_SHA256 = { 0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 4, 3, 2 };

	private SelfSigned() {
	}

	static X509Certificate of(KeyPair keys) {
		byte[] algorithm = der(SEQUENCE, der(OID, ECDSA_WITH_SHA256));
		byte[] name = der(SEQUENCE, der(SET, der(SEQUENCE, der(OID, COMMON_NAME), der(UTF8, ascii("kraft-cluster")))));
		byte[] validity = der(SEQUENCE, der(UTC_TIME, ascii("000101000000Z")),
				der(GENERALIZED_TIME, ascii("99991231235959Z")));
		byte[] version3 = der(VERSION, der(INTEGER, BigInteger.TWO.toByteArray()));
		byte[] content = der(SEQUENCE, version3, der(INTEGER, BigInteger.ONE.toByteArray()), algorithm, name, validity,
				name, keys.getPublic().getEncoded());
		try {
			Signature signature = Signature.getInstance("SHA256withECDSA");
			signature.initSign(keys.getPrivate());
			signature.update(content);
			byte[] certificate = der(SEQUENCE, content, algorithm, der(BIT_STRING, new byte[1], signature.sign()));
			return (X509Certificate) CertificateFactory.getInstance("X.509")
				.generateCertificate(new ByteArrayInputStream(certificate));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("This JVM cannot make a certificate of P-256", ex);
		}
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	private static byte[] der(int tag, byte[]... parts) {
		ByteArrayOutputStream content = new ByteArrayOutputStream();
		for (byte[] part : parts) {
			content.writeBytes(part);
		}
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		out.write(tag);
		int length = content.size();
		if (length >= 0x80) {
			byte[] bytes = new BigInteger(1, BigInteger.valueOf(length).toByteArray()).toByteArray();
			int skip = (bytes[0] == 0) ? 1 : 0;
			out.write(0x80 | (bytes.length - skip));
			out.write(bytes, skip, bytes.length - skip);
		}
		else {
			out.write(length);
		}
		out.writeBytes(content.toByteArray());
		return out.toByteArray();
	}

}
