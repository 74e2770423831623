package io.kraft.cluster.security;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ClusterSecurityTests {

	@Test
	void aSecretOrCertificatesSecureAnyHost() {
		assertThat(ClusterSecurity.decide("secret", "previous", false, null, false)).isEqualTo(ClusterSecurity.SECRET);
		assertThat(ClusterSecurity.decide(null, null, true, "0.0.0.0", false)).isEqualTo(ClusterSecurity.CERTIFICATES);
	}

	@ParameterizedTest
	@ValueSource(strings = { "localhost", "LOCALHOST", "127.0.0.1", "127.8.9.10", "::1", "0:0:0:0:0:0:0:1" })
	void loopbackNeedsNothing(String host) {
		assertThat(ClusterSecurity.decide(null, null, false, host, false)).isEqualTo(ClusterSecurity.LOOPBACK);
	}

	@ParameterizedTest
	@ValueSource(strings = { "0.0.0.0", "::", "10.0.0.1", "127.evil.example", "127.0.0.1.evil.example",
			"localhost.example", "node-1", "" })
	void anyOtherHostIsRefusedWithoutProtection(String host) {
		assertRefused(null, null, false, host, false);
	}

	@Test
	void allAddressesAreRefusedWithoutProtection() {
		assertRefused(null, null, false, null, false);
	}

	@Test
	void whatIsAskedForIsNotRefused() {
		assertThat(ClusterSecurity.decide(null, null, false, "0.0.0.0", true)).isEqualTo(ClusterSecurity.INSECURE);
	}

	@Test
	void settingsThatContradictEachOtherAreRefused() {
		assertRefused("secret", null, true, null, false);
		assertRefused("secret", null, false, null, true);
		assertRefused(null, null, true, null, true);
		assertRefused(null, "previous", false, "localhost", false);
	}

	private static void assertRefused(@Nullable String secret, @Nullable String previous, boolean certificates,
			@Nullable String host, boolean insecure) {
		assertThatExceptionOfType(UnsecuredClusterException.class)
			.isThrownBy(() -> ClusterSecurity.decide(secret, previous, certificates, host, insecure))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo("KRAFT-5003"))
			.withMessageContaining("kraft.cluster.")
			.withMessageNotContaining("secret\" ");
	}

}
