package io.kraft.spring.boot.autoconfigure.actuate;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * The endpoint over HTTP: it reports why it refuses a request.
 */
@EndpointWebExtension(endpoint = WorkflowReplayEndpoint.class)
final class WorkflowReplayEndpointWebExtension {

	private final WorkflowReplayEndpoint endpoint;

	WorkflowReplayEndpointWebExtension(WorkflowReplayEndpoint endpoint) {
		this.endpoint = endpoint;
	}

	/**
	 * As {@link WorkflowReplayEndpoint#check}.
	 */
	@WriteOperation
	public WebEndpointResponse<?> check(@Nullable String name, @Nullable String status, @Nullable String max,
			@Nullable String perVersion) {
		return WebAnswers.of(WebEndpointResponse.STATUS_OK, () -> this.endpoint.check(name, status, max, perVersion));
	}

	/**
	 * As {@link WorkflowReplayEndpoint#check} of all waiting runs, for a request without
	 * a body, of which Boot would demand a content type.
	 */
	@WriteOperation
	public WebEndpointResponse<?> checkWithoutParameters() {
		return check(null, null, null, null);
	}

}
