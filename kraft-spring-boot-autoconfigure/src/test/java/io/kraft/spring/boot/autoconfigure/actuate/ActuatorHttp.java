package io.kraft.spring.boot.autoconfigure.actuate;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.util.DefaultUriBuilderFactory;
import org.springframework.web.util.DefaultUriBuilderFactory.EncodingMode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.awaitility.Awaitility.await;

/**
 * An operator with nothing but HTTP.
 */
final class ActuatorHttp {

	/**
	 * Not Reactor's client: a context that closes disposes of the event loops that it
	 * would share with the servers of this process.
	 */
	private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

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
				WebTestClient.bindToServer(new JdkClientHttpConnector(CLIENT))
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

	private Answer send(HttpMethod method, String path, String body) {
		WebTestClient.RequestBodySpec request = this.http.method(method).uri(path);
		if (body != null) {
			request.contentType(MediaType.APPLICATION_JSON).bodyValue(body);
		}
		var result = request.exchange().expectBody(String.class).returnResult();
		return new Answer(result.getStatus(), result.getResponseBody());
	}

	/**
	 * Asks until a run has the status.
	 */
	Answer awaitStatus(String id, String status) {
		return await().atMost(Duration.ofSeconds(30))
			.until(() -> get("/workflows/" + id), (answer) -> answer.json().path("status").asString("").equals(status));
	}

	/**
	 * What came back.
	 */
	record Answer(HttpStatusCode status, String body) {

		int code() {
			return this.status.value();
		}

		JsonNode json() {
			return JsonMapper.shared().readTree((this.body != null) ? this.body : "null");
		}

		String text(String field) {
			return json().path(field).asString(null);
		}

	}

}
