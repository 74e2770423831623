package io.kraft.spring.boot.web;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.kraft.spring.boot.autoconfigure.KraftProperties;
import io.kraft.spring.boot.autoconfigure.operator.Payloads;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.util.MultiValueMap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A request for a result whose caller is gone waits no more, and gives its permit back.
 */
class GivenUpRequestTests {

	private static final Caller CALLER = new Caller(null, "127.0.0.1", true, () -> false);

	private final KraftProperties properties = new Binder(
			new MapConfigurationPropertySource(Map.of("kraft.web.max-streams", "1")))
		.bindOrCreate("kraft", KraftProperties.class);

	private final WebCalls calls = new WebCalls("test-", this.properties.web());

	private final CompletableFuture<Object> end = new CompletableFuture<>();

	private final RunResult results = new RunResult(WaitingRun.client(this.end), this.calls);

	@AfterEach
	void close() {
		this.calls.close();
	}

	@Test
	void aResultThatIsCancelledIsNotWaitedForAnyMore() {
		CompletableFuture<?> result = this.results.await("r", Duration.ofMinutes(1), CALLER);
		assertThat(this.calls.streams().held()).isOne();

		result.cancel(true);

		assertGivenUp();
	}

	@Test
	void aRequestThatIsCancelledIsNotWaitedForAnyMore() {
		CompletableFuture<?> answer = new ResultController(this.results, Duration.ofMinutes(1),
				new ShownPayloads(Payloads.SHOWN))
			.result("r", MultiValueMap.fromSingleValue(Map.of("wait", "60s")),
					new ApiRequest(HttpMethod.GET, URI.create("http://localhost/"), "", new HttpHeaders(), CALLER,
							true))
			.toCompletableFuture();
		assertThat(this.calls.streams().held()).isOne();

		answer.cancel(true);

		assertGivenUp();
	}

	private void assertGivenUp() {
		await().untilAsserted(() -> assertThat(this.end).isCancelled());
		await().untilAsserted(() -> assertThat(this.calls.streams().held()).isZero());
	}

}
