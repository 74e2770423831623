package io.kraft.spring.boot.web;

import io.kraft.client.WorkflowClient;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;

/**
 * Completes callbacks by their tokens. A second completion has no effect, so that a
 * request may be repeated.
 */
final class CallbackController extends ApiController {

	private final WorkflowClient client;

	CallbackController(WorkflowClient client) {
		this.client = client;
	}

	@PostMapping("/callbacks/{token}")
	ResponseEntity<byte[]> complete(@PathVariable String token, @RequestBody(required = false) byte @Nullable [] body) {
		this.client.complete(token, WebJson.readAny(body));
		return Answers.empty(204);
	}

	@PostMapping("/callbacks/{token}/failure")
	ResponseEntity<byte[]> fail(@PathVariable String token, @RequestBody(required = false) byte @Nullable [] body) {
		String message = WebJson.read(body, Failure.class).message();
		if (message == null || message.isBlank()) {
			throw RequestRefusedException.malformed("the body needs a 'message' that describes the failure");
		}
		this.client.fail(token, message);
		return Answers.empty(204);
	}

	/**
	 * The failure that the waiting run receives.
	 */
	record Failure(@Nullable String message) {
	}

}
