package io.kraft.spring.boot.web;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.kraft.spring.boot.autoconfigure.KraftProperties;
import io.kraft.spring.boot.autoconfigure.operator.Payloads;
import io.kraft.spring.boot.web.WebCalls.Permit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.util.MultiValueMap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * A request for a result whose caller is gone waits no more, and gives its permit back.
 */
class GivenUpRequestTests {

	private static final ApiRequest REQUEST = new ApiRequest(HttpMethod.GET, URI.create("/runs/r/result"), "",
			new HttpHeaders(), null);

	private final KraftProperties properties = new Binder(
			new MapConfigurationPropertySource(Map.of("kraft.web.max-streams", "1")))
		.bindOrCreate("kraft", KraftProperties.class);

	private final WebCalls calls = new WebCalls(this.properties.web());

	private final CompletableFuture<Object> end = new CompletableFuture<>();

	private final RunResult results = new RunResult(WaitingRun.client(this.end), this.calls);

	@AfterEach
	void close() {
		this.calls.close();
	}

	@Test
	void aResultThatIsCancelledIsNotWaitedForAnyMore() {
		CompletableFuture<?> result = this.results.await("r", Duration.ofMinutes(1));
		assertThatExceptionOfType(RequestRefusedException.class).isThrownBy(this.calls::stream);

		result.cancel(true);

		assertGivenUp();
	}

	@Test
	void aRequestThatIsCancelledIsNotWaitedForAnyMore() {
		CompletableFuture<?> answer = new ResultController(this.results, Duration.ofMinutes(1),
				new ShownPayloads(Payloads.SHOWN))
			.result("r", MultiValueMap.fromSingleValue(Map.of("wait", "60s")), REQUEST)
			.toCompletableFuture();
		assertThatExceptionOfType(RequestRefusedException.class).isThrownBy(this.calls::stream);

		answer.cancel(true);

		assertGivenUp();
	}

	private void assertGivenUp() {
		await().untilAsserted(() -> assertThat(this.end).isCancelled());
		await().untilAsserted(() -> {
			try (Permit permit = this.calls.stream()) {
				assertThat(permit).isNotNull();
			}
		});
	}

}
