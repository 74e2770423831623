package io.kraft.spring.boot.autoconfigure.web;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.kraft.engine.lifecycle.Futures;
import io.kraft.spring.boot.autoconfigure.FakeWorkflowClient;
import io.kraft.spring.boot.autoconfigure.KraftProperties;
import io.kraft.spring.boot.autoconfigure.web.Route.Access;
import io.kraft.spring.boot.autoconfigure.web.WebCalls.Permit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * A request for a result whose caller is gone waits no more, and gives its permit back.
 */
class GivenUpRequestTests {

	private final KraftProperties properties = new Binder(
			new MapConfigurationPropertySource(Map.of("kraft.web.max-streams", "1")))
		.bindOrCreate("kraft", KraftProperties.class);

	private final WebCalls calls = new WebCalls(this.properties.web());

	private final CompletableFuture<Object> end = new CompletableFuture<>();

	private final FakeWorkflowClient client = new FakeWorkflowClient();

	private final RunResult results = new RunResult(this.client, this.calls);

	@AfterEach
	void close() {
		this.calls.close();
	}

	@Test
	void aResultThatIsCancelledIsNotWaitedForAnyMore() {
		this.client.add("r", this.end);
		CompletableFuture<?> result = this.results.await("r", Duration.ofMinutes(1));
		assertThatExceptionOfType(RequestRefusedException.class).isThrownBy(this.calls::stream);

		result.cancel(true);

		assertGivenUp();
	}

	@Test
	void aRequestThatIsCancelledIsNotWaitedForAnyMore() {
		this.client.add("r", this.end);
		CompletableFuture<Boolean> waiting = new CompletableFuture<>();
		Route route = new Route(HttpMethod.GET, "/r", Access.READ, (request) -> {
			CompletableFuture<Answer> answer = Futures.map(this.results.await("r", Duration.ofMinutes(1)),
					(standing) -> Answer.Content.empty(200));
			waiting.complete(true);
			return answer;
		});
		WebApi api = new WebApi(new Guard((changes, principal) -> {
		}, this.properties.web().allowedOrigins()), this.calls, 1024);
		CompletableFuture<Answer> answer = api
			.handle(route, ApiRequest.of(URI.create("http://localhost/r"), "", Map.of(), new HttpHeaders(), null),
					(limit) -> CompletableFuture.completedFuture(new byte[0]))
			.toCompletableFuture();
		waiting.join();

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
