package io.kraft.spring.boot.web;

import java.net.URI;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;

class MaskedPathsTests {

	private static final String SIGNATURE = "Abcdefghijklmnopqrstuvwxyz0123456789ABCDEF_";

	@ParameterizedTest
	@ValueSource(strings = { "/kraft/api/callbacks/eA~0:3.1~" + SIGNATURE, "/callbacks/eA%7E0%3A3.1%7E" + SIGNATURE,
			"/callbacks/eA%7e0:3.1%7e%41" + "bcdefghijklmnopqrstuvwxyz0123456789ABCDEF_" })
	void whatIsLoggedOfARequestHasNoToken(String path) {
		ApiRequest request = new ApiRequest(HttpMethod.POST, URI.create("http://localhost" + path + "?a=b"), "",
				new HttpHeaders(), TestServer.CALLER, true);

		assertThat(request.toString()).contains("POST /", "/callbacks/eA~0:3.1~*****")
			.doesNotContain("bcdefghijklmnopqrstuvwxyz");
	}

	@ParameterizedTest
	@ValueSource(strings = { "http.url", "url.path" })
	void whatIsTracedOfARequestHasNoToken(String name) {
		Observation.Context context = new Observation.Context();
		context.addHighCardinalityKeyValue(KeyValue.of(name, "/callbacks/eA~0:3.1~" + SIGNATURE));

		new KraftTokenMaskAutoConfiguration().kraftTokenMask().map(context);

		assertThat(context.getAllKeyValues().stream().map(KeyValue::getValue))
			.containsExactly("/callbacks/eA~0:3.1~" + "*".repeat(SIGNATURE.length()));
	}

	@Test
	void aPathWithoutATokenStaysAsItWasSent() {
		assertThat(MaskedPaths.in("/kraft/api/runs/a%2Fb~c%zz")).isEqualTo("/kraft/api/runs/a%2Fb~c%zz");
		assertThat(MaskedPaths.in("/a%20b")).isEqualTo("/a%20b");
	}

}
