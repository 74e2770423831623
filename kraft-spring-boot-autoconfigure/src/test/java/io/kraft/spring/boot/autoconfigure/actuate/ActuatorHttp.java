package io.kraft.spring.boot.autoconfigure.actuate;

import java.time.Duration;
import java.util.Map;

import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.util.DefaultUriBuilderFactory;
import org.springframework.web.util.DefaultUriBuilderFactory.EncodingMode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * An operator with nothing but HTTP.
 */
final class ActuatorHttp {

	/**
	 * A connection for each request. On one that is kept, a request after a POST that was
	 * refused with 405 gets no answer now and then when the machine is busy: Reactor
	 * Netty's server does so without Kraft, too.
	 */
	static final HttpClient CLIENT = HttpClient.create(ConnectionProvider.newConnection());

	private final int port;

	private final WebTestClient http;

	private ActuatorHttp(int port, WebTestClient http) {
		this.port = port;
		this.http = http;
	}

	/**
	 * Who sends what the test says: it encodes by itself.
	 */
	static ActuatorHttp of(int port) {
		return of(port, "/actuator");
	}

	/**
	 * The same where paths begin at the root of the server.
	 */
	ActuatorHttp atRoot() {
		return of(this.port, "");
	}

	private static ActuatorHttp of(int port, String path) {
		DefaultUriBuilderFactory uris = new DefaultUriBuilderFactory("http://localhost:" + port + path);
		uris.setEncodingMode(EncodingMode.NONE);
		return new ActuatorHttp(port,
				WebTestClient.bindToServer(new ReactorClientHttpConnector(CLIENT))
					.uriBuilderFactory(uris)
					.responseTimeout(Duration.ofSeconds(30))
					.build());
	}

	/**
	 * The same as a user.
	 */
	ActuatorHttp as(String user) {
		return new ActuatorHttp(this.port,
				this.http.mutate().defaultHeaders((headers) -> headers.setBasicAuth(user, "secret")).build());
	}

	Answer get(String path) {
		return send(HttpMethod.GET, path, null);
	}

	Answer delete(String path) {
		return send(HttpMethod.DELETE, path, null);
	}

	Answer post(String path) {
		return send(HttpMethod.POST, path, null);
	}

	Answer post(String path, Map<String, ?> parameters) {
		return send(HttpMethod.POST, path, JsonMapper.shared().writeValueAsString(parameters));
	}

	Answer postText(String path, String body) {
		return send(HttpMethod.POST, path, body);
	}

	/**
	 * With the content type that {@code curl -d} sends when it is given none.
	 */
	Answer postForm(String path, String body) {
		return send(HttpMethod.POST, path, body, MediaType.APPLICATION_FORM_URLENCODED);
	}

	private Answer send(HttpMethod method, String path, String body) {
		return send(method, path, body, MediaType.APPLICATION_JSON);
	}

	private Answer send(HttpMethod method, String path, String body, MediaType type) {
		WebTestClient.RequestBodySpec request = this.http.method(method).uri(path);
		if (body != null) {
			request.contentType(type).bodyValue(body);
		}
		var result = request.exchange().expectBody(String.class).returnResult();
		return new Answer(result.getStatus(), result.getResponseHeaders().getContentType(), result.getResponseBody());
	}

	/**
	 * Asks until a run has the status.
	 */
	Answer awaitStatus(String id, String status) {
		return await().atMost(Duration.ofSeconds(30))
			.until(() -> get("/workflowruns/" + id),
					(answer) -> answer.json().path("status").asString("").equals(status));
	}

	/**
	 * What came back.
	 */
	record Answer(HttpStatusCode status, MediaType type, String body) {

		int code() {
			return this.status.value();
		}

		JsonNode json() {
			return JsonMapper.shared().readTree((this.body != null) ? this.body : "null");
		}

		/**
		 * Code and detail of a refusal.
		 */
		String problem() {
			assertThat(this.type).hasToString("application/problem+json");
			assertThat(json().path("status").asInt()).isEqualTo(code());
			assertThat(text("title")).isNotBlank();
			assertThat(text("type")).isEqualTo("urn:kraft:" + text("code").substring("KRAFT-".length()));
			return text("code") + ": " + text("detail");
		}

		String text(String field) {
			return json().path(field).asString(null);
		}

	}

}
