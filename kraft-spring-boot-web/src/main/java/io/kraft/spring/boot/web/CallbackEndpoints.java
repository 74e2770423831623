package io.kraft.spring.boot.web;

import java.util.List;

import io.kraft.client.WorkflowClient;
import org.jspecify.annotations.Nullable;

/**
 * Completes callbacks by their tokens. A second completion has no effect, so that a
 * request may be repeated.
 */
final class CallbackEndpoints {

	private final WorkflowClient client;

	CallbackEndpoints(WorkflowClient client) {
		this.client = client;
	}

	List<Route> routes() {
		return List.of(Route.post("/callbacks/{token}", this::complete),
				Route.post("/callbacks/{token}/failure", this::fail));
	}

	private Answer complete(ApiRequest request) {
		this.client.complete(request.variable("token"), WebJson.readAny(request));
		return Answer.Content.empty(204);
	}

	private Answer fail(ApiRequest request) {
		String message = WebJson.read(request, Failure.class).message();
		if (message == null || message.isBlank()) {
			throw RequestRefusedException.malformed("the body needs a 'message' that describes the failure");
		}
		this.client.fail(request.variable("token"), message);
		return Answer.Content.empty(204);
	}

	/**
	 * The failure that the waiting run receives.
	 */
	record Failure(@Nullable String message) {
	}

}
