package io.kraft.spring.boot.autoconfigure.actuate;

import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * The endpoint over HTTP: it reports why it refuses a request.
 */
@EndpointWebExtension(endpoint = WorkflowSchedulesEndpoint.class)
final class WorkflowSchedulesEndpointWebExtension {

	private final WorkflowSchedulesEndpoint endpoint;

	WorkflowSchedulesEndpointWebExtension(WorkflowSchedulesEndpoint endpoint) {
		this.endpoint = endpoint;
	}

	/**
	 * As {@link WorkflowSchedulesEndpoint#schedules}.
	 */
	@ReadOperation
	public WebEndpointResponse<?> schedules() {
		return WebAnswers.of(WebEndpointResponse.STATUS_OK, this.endpoint::schedules);
	}

	/**
	 * As {@link WorkflowSchedulesEndpoint#act}.
	 */
	@WriteOperation
	public WebEndpointResponse<?> act(@Selector String name, @Selector String action) {
		return WebAnswers.of(WebAnswers.ACCEPTED, () -> this.endpoint.act(name, action));
	}

}
