package io.kraft.spring.boot.web;

import java.net.http.HttpHeaders;

import io.kraft.workflow.ErrorCode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a server has answered.
 */
record Reply(int status, HttpHeaders headers, String body) {

	JsonNode json() {
		return JsonMapper.shared().readTree(this.body);
	}

	String text(String pointer) {
		return json().at(pointer).asString();
	}

	String header(String name) {
		return this.headers.firstValue(name).orElse("");
	}

	Reply isStatus(int expected) {
		assertThat(this.status).as("status of %s", this.body).isEqualTo(expected);
		return this;
	}

	/** A problem, with everything that a problem has, and nothing of the inside. */
	Reply isProblem(int expected, String code) {
		isStatus(expected);
		assertThat(header("content-type")).startsWith("application/problem+json");
		assertThat(text("/code")).isEqualTo(code);
		assertThat(text("/type")).isEqualTo("urn:kraft:" + code.substring("KRAFT-".length()));
		assertThat(json().at("/status").asInt()).isEqualTo(expected);
		assertThat(text("/title")).isNotBlank();
		assertThat(text("/detail")).isNotBlank();
		assertThat(text("/repetition")).isEqualTo(ErrorCode.of(code).orElseThrow().repetition().name());
		assertThat(text("/instance")).startsWith("/");
		assertThat(this.body).doesNotContain("\tat ", "tools.jackson", "io.kraft.engine", "io.kraft.spring",
				"org.springframework");
		return this;
	}

}
