package io.kraft.cluster.security;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ClusterKeysTests {

	private static final String SECRET = "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQ";

	private static BigInteger scalar(KeyPair keys) {
		return ((ECPrivateKey) keys.getPrivate()).getS();
	}

	/**
	 * Nodes of all versions must make the same key. The value was computed by another
	 * implementation.
	 */
	@Test
	void theKeyOfASecretStaysAsItIs() {
		KeyPair keys = ClusterKeys.derive(new ClusterSecret(SECRET), "kraft");

		assertThat(scalar(keys).toString(16)).isEqualTo(GOLDEN_KEY);
		assertThat(((ECPublicKey) keys.getPublic()).getW().getAffineX().toString(16)).isEqualTo(GOLDEN_X);
	}

	private static final String GOLDEN_KEY = "a959aa575ec339b6f5ea44bc9af89113350f378bf22639d902be66293de5cad3";

	private static final String GOLDEN_X = "4e0965d973e8950cc2816b665a762c12a3a4fc95fa72b8f977e864382e86979f";

	@Test
	void anotherSecretAndAnotherClusterHaveAnotherKey() {
		BigInteger key = scalar(ClusterKeys.derive(new ClusterSecret(SECRET), "kraft"));

		assertThat(scalar(ClusterKeys.derive(new ClusterSecret(SECRET), "other"))).isNotEqualTo(key);
		assertThat(scalar(ClusterKeys.derive(new ClusterSecret(SECRET + "A"), "kraft"))).isNotEqualTo(key);
	}

	@Test
	void thePublicPointIsTheOneThatTheJdkMakes() throws Exception {
		KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
		generator.initialize(new ECGenParameterSpec("secp256r1"));
		for (int i = 0; i < 20; i++) {
			KeyPair keys = generator.generateKeyPair();

			assertThat(P256.multiply(scalar(keys))).isEqualTo(((ECPublicKey) keys.getPublic()).getW());
		}
		BigInteger order = ((ECPublicKey) generator.generateKeyPair().getPublic()).getParams().getOrder();
		assertThat(P256.multiply(BigInteger.ONE))
			.isEqualTo(((ECPublicKey) generator.generateKeyPair().getPublic()).getParams().getGenerator());
		assertThat(P256.multiply(order.subtract(BigInteger.ONE)).getAffineX())
			.isEqualTo(P256.multiply(BigInteger.ONE).getAffineX());
	}

	@Test
	void theCertificateIsOfTheKeyAndSignedByIt() throws Exception {
		KeyPair keys = ClusterKeys.derive(new ClusterSecret(SECRET), "kraft");
		X509Certificate certificate = SelfSigned.of(keys);
		certificate.verify(keys.getPublic());
		certificate.checkValidity();

		assertThat(certificate.getPublicKey()).isEqualTo(keys.getPublic());
		assertThat(certificate.getVersion()).isEqualTo(3);
		assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=kraft-cluster");
		assertThat(certificate.getNotAfter().toInstant()).isEqualTo("9999-12-31T23:59:59Z");
	}

	@ParameterizedTest
	@ValueSource(strings = { "correct horse battery staple", "correcthorsebatterystaplecorrect", "Tr0ub4dor&3Tr0ub4",
			"Sommer-Winter-Herbst-Sommer-2026", "0123456789abcdef", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
			"1234512345123451234512345123451234512345123451234512345" })
	void aSecretThatCouldBeGuessedIsWeakAndTakesMoreRounds(String text) {
		ClusterSecret secret = new ClusterSecret(text);

		assertThat(secret.isWeak()).isTrue();
		assertThat(secret.rounds()).isEqualTo(600_000);
	}

	@ParameterizedTest
	@ValueSource(strings = { SECRET, "3f8a1c0de97b24566f0e8d2ab1c34957", "zQ9$kP2!vR7xW4mL8nB3tY",
			"0b1e6a0c-7c0f-4f0e-9d53-1a2b3c4d5e6f-77" })
	void aRandomSecretIsNotWeak(String text) {
		assertThat(new ClusterSecret(text).rounds()).isEqualTo(20_000);
	}

	@Test
	void aSecretIsNeverShownAndNotShort() {
		assertThat(new ClusterSecret(SECRET).toString()).doesNotContain(SECRET);
		assertThatThrownBy(() -> new ClusterSecret("short-secret-15")).isInstanceOf(IllegalArgumentException.class)
			.hasMessageNotContaining("short-secret-15");
	}

}
