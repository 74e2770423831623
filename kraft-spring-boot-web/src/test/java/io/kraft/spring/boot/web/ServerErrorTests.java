package io.kraft.spring.boot.web;

import java.net.URI;
import java.nio.charset.StandardCharsets;

import io.kraft.workflow.ErrorCode;
import io.kraft.workflow.KraftException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What answers tell of exceptions, whose messages have paths of files, names of classes
 * and states of runs in them.
 */
class ServerErrorTests {

	private static final ApiRequest REQUEST = new ApiRequest(HttpMethod.GET, URI.create("http://localhost/x"), "",
			new HttpHeaders(), TestServer.CALLER, true);

	@ParameterizedTest
	@EnumSource(ErrorCode.class)
	void whatTheCallerHasNotCausedIsAnsweredWithAFixedText(ErrorCode code) {
		KraftException failure = new Failure(code.code());

		String shown = body(Problems.answer(failure, REQUEST, true));
		String hidden = body(Problems.answer(failure, REQUEST, false));

		assertThat(shown).contains(code.code());
		assertThat(shown.contains("/var/lib/orders")).isEqualTo(code.httpStatus() < 500);
		assertThat(hidden).contains(code.code()).doesNotContain("/var/lib/orders");
	}

	private static String body(ResponseEntity<byte[]> answer) {
		byte[] body = answer.getBody();
		assertThat(body).isNotNull();
		assertThat(answer.getHeaders().getCacheControl()).isEqualTo("no-store");
		return new String(body, StandardCharsets.UTF_8);
	}

	/** As that of a full disk. */
	static final class Failure extends KraftException {

		private static final long serialVersionUID = 1L;

		Failure(String code) {
			super(code, "No space left on device: /var/lib/orders/kraft/000042.log", null);
		}

	}

}
