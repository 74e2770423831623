package io.kraft.spring.boot.autoconfigure.actuate;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * The endpoint over HTTP: it reports why it refuses a request.
 */
@EndpointWebExtension(endpoint = WorkflowQueuesEndpoint.class)
final class WorkflowQueuesEndpointWebExtension {

	private final WorkflowQueuesEndpoint endpoint;

	WorkflowQueuesEndpointWebExtension(WorkflowQueuesEndpoint endpoint) {
		this.endpoint = endpoint;
	}

	/**
	 * As {@link WorkflowQueuesEndpoint#queues}.
	 */
	@ReadOperation
	public WebEndpointResponse<?> queues() {
		return WebAnswers.of(WebEndpointResponse.STATUS_OK, this.endpoint::queues);
	}

	/**
	 * As {@link WorkflowQueuesEndpoint#items}.
	 */
	@ReadOperation
	public WebEndpointResponse<?> items(@Selector String name, @Selector String view, @Nullable String limit,
			@Nullable String cursor) {
		return WebAnswers.of(WebEndpointResponse.STATUS_OK, () -> this.endpoint.items(name, view, limit, cursor));
	}

	/**
	 * As {@link WorkflowQueuesEndpoint#act}.
	 */
	@WriteOperation
	public WebEndpointResponse<?> act(@Selector String name, @Selector String action) {
		return WebAnswers.of(WebAnswers.ACCEPTED, () -> this.endpoint.act(name, action));
	}

}
