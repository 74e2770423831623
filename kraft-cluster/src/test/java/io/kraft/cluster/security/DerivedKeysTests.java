package io.kraft.cluster.security;

import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class DerivedKeysTests {

	private static final String SECRET = "8f14e45fceea167a5a36dedd4bea2543";

	@Test
	void theKeyOfASecretIsTheSameInAllVersions() throws Exception {
		assertThat(fingerprint(DerivedKeys.of(SECRET, "kraft"))).isEqualTo("519cca6042aa9e9b8151d6cd5bcea0a9");
	}

	@Test
	void theKeyOfAWeakSecretIsTheSameInAllVersions() throws Exception {
		assertThat(fingerprint(DerivedKeys.of("correct horse battery", "kraft")))
			.isEqualTo("474f65bb6602a1fda00aae4e359dfe3e");
	}

	@Test
	void anotherSecretOrNameIsAnotherKey() {
		KeyPair keys = DerivedKeys.of(SECRET, "kraft");

		assertThat(DerivedKeys.of(SECRET, "kraft2").getPublic()).isNotEqualTo(keys.getPublic());
		assertThat(DerivedKeys.of(SECRET.replace('8', '7'), "kraft").getPublic()).isNotEqualTo(keys.getPublic());
	}

	@Test
	void bothRootsOfTheCurveAreFound() {
		for (int i = 0; i < 8; i++) {
			KeyPair keys = DerivedKeys.of(SECRET, "cluster-" + i);
			// Its own signature is verified by the certificate's key.
			X509Certificate certificate = SelfSigned.of(keys);
			assertThatCode(() -> certificate.verify(keys.getPublic())).doesNotThrowAnyException();
		}
	}

	@Test
	void theCertificateIsOfVersion3AndNeverEnds() throws Exception {
		X509Certificate certificate = SelfSigned.of(DerivedKeys.of(SECRET, "kraft"));

		assertThat(certificate.getVersion()).isEqualTo(3);
		assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=kraft-cluster");
		assertThat(certificate.getNotAfter()).isAfter("9999-01-01");
		certificate.checkValidity();
	}

	@Test
	void generatedSecretsAreRandomAndWordsAreNot() {
		assertThat(SecretStrength.isRandom(SECRET)).isTrue();
		assertThat(SecretStrength.isRandom("pX3v9Qm2ZtL8wKd0RbY7nA==")).isTrue();
		assertThat(SecretStrength.isRandom(SECRET.substring(1))).isFalse();
		assertThat(SecretStrength.isRandom("a".repeat(64))).isFalse();
		assertThat(SecretStrength.isRandom("MyVeryOwnClusterSecretOf2026InProduction")).isFalse();
		assertThat(SecretStrength.isRandom("correct-horse-battery-staple-42")).isFalse();
	}

	@Test
	void nearlyAllRandomTextsInBase64AreRandom() {
		Random random = new Random(17);
		int recognized = 0;
		for (int i = 0; i < 1000; i++) {
			byte[] bytes = new byte[16];
			random.nextBytes(bytes);
			recognized += SecretStrength.isRandom(Base64.getEncoder().encodeToString(bytes)) ? 1 : 0;
		}

		assertThat(recognized).isGreaterThan(900);
	}

	@Test
	void aSecretThatIsShortOrHasWhiteSpaceIsRefused() {
		for (String secret : new String[] { "short", SECRET + "\n", SECRET + "é", "" }) {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> SharedSecret.tls(secret, null, "kraft", InstantSource.system()))
				.withMessageContaining("'kraft.cluster.secret'")
				.withMessageContaining("at least 16")
				.withMessageNotContaining("8f14");
		}
	}

	private static String fingerprint(KeyPair keys) throws Exception {
		byte[] digest = MessageDigest.getInstance("SHA-256").digest(keys.getPublic().getEncoded());
		return HexFormat.of().formatHex(digest, 0, 16);
	}

}
