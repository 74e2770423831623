package io.kraft.spring.boot.web;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

class ForwardedHeadersTests {

	@ParameterizedTest
	@ValueSource(strings = { "server.forward-headers-strategy=native", "server.forward-headers-strategy=FRAMEWORK",
			"spring.main.cloud-platform=kubernetes", "VCAP_APPLICATION=x",
			"server.tomcat.remoteip.remote-ip-header=x-forwarded-for",
			"server.tomcat.remoteip.protocol-header=x-forwarded-proto" })
	void areTrustedWhereSpringBootTrustsThem(String property) {
		assertThat(ForwardedHeaders.areTrusted(with(property))).isTrue();
	}

	@Test
	void areNotTrustedOtherwise() {
		assertThat(ForwardedHeaders.areTrusted(new MockEnvironment())).isFalse();
		assertThat(ForwardedHeaders.areTrusted(with("server.forward-headers-strategy=none"))).isFalse();
		assertThat(ForwardedHeaders.areTrusted(
				with("spring.main.cloud-platform=kubernetes").withProperty("server.forward-headers-strategy", "none")))
			.isFalse();
	}

	private static MockEnvironment with(String property) {
		String[] pair = property.split("=", 2);
		return new MockEnvironment().withProperty(pair[0], pair[1]);
	}

}
