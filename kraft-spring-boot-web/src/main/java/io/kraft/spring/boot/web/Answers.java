package io.kraft.spring.boot.web;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;

import io.kraft.client.WorkflowHandle;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * Makes answers. Their JSON is written here, so that codecs and advice of the application
 * do not change it.
 */
public final class Answers {

	/** Headers of every answer: no cache stores it, no browser guesses its type. */
	public static final Consumer<HttpHeaders> HEADERS = (headers) -> {
		headers.setCacheControl("no-store");
		headers.set("X-Content-Type-Options", "nosniff");
	};

	private Answers() {
	}

	static ResponseEntity<byte[]> json(int status, Object value) {
		return text(status, MediaType.APPLICATION_JSON, WebJson.write(value));
	}

	static ResponseEntity<byte[]> located(int status, Object value, String location) {
		return ResponseEntity.status(status)
			.headers(HEADERS)
			.header(HttpHeaders.LOCATION, location)
			.contentType(MediaType.APPLICATION_JSON)
			.body(WebJson.write(value).getBytes(StandardCharsets.UTF_8));
	}

	static ResponseEntity<byte[]> text(int status, MediaType type, String text) {
		return ResponseEntity.status(status)
			.headers(HEADERS)
			.contentType(type)
			.body(text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * A run that a request has changed or started: callers that may not see runs get its
	 * id only.
	 */
	static ResponseEntity<byte[]> changed(int status, WorkflowHandle<?> run, ApiRequest request) {
		return json(status, shown(run, request));
	}

	static ResponseEntity<byte[]> changed(int status, WorkflowHandle<?> run, ApiRequest request, String location) {
		return located(status, shown(run, request), location);
	}

	private static Object shown(WorkflowHandle<?> run, ApiRequest request) {
		return request.mayRead() ? run.describe() : Map.of("id", run.id());
	}

	/**
	 * An answer without a body.
	 */
	public static <T> ResponseEntity<T> empty(int status) {
		return ResponseEntity.status(status).headers(HEADERS).build();
	}

}
