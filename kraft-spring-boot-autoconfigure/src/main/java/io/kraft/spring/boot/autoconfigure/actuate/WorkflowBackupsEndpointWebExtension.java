package io.kraft.spring.boot.autoconfigure.actuate;

import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * The endpoint over HTTP: it reports why it refuses a request.
 */
@EndpointWebExtension(endpoint = WorkflowBackupsEndpoint.class)
final class WorkflowBackupsEndpointWebExtension {

	private final WorkflowBackupsEndpoint endpoint;

	WorkflowBackupsEndpointWebExtension(WorkflowBackupsEndpoint endpoint) {
		this.endpoint = endpoint;
	}

	/**
	 * As {@link WorkflowBackupsEndpoint#backup}.
	 */
	@WriteOperation
	public WebEndpointResponse<?> backup(@Selector String name) {
		return WebAnswers.of(WebEndpointResponse.STATUS_OK, () -> this.endpoint.backup(name));
	}

}
