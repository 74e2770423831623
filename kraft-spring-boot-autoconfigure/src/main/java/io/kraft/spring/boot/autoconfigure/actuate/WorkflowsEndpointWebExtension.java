package io.kraft.spring.boot.autoconfigure.actuate;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * Answers a malformed query with what is wrong with it, which Boot's own response leaves
 * out unless {@code spring.web.error.include-message} is set.
 */
@EndpointWebExtension(endpoint = WorkflowsEndpoint.class)
final class WorkflowsEndpointWebExtension {

	private final WorkflowsEndpoint endpoint;

	WorkflowsEndpointWebExtension(WorkflowsEndpoint endpoint) {
		this.endpoint = endpoint;
	}

	/**
	 * As {@link WorkflowsEndpoint#workflows}.
	 */
	@ReadOperation
	public WebEndpointResponse<?> workflows(@Nullable String name, @Nullable List<String> status, @Nullable Object tag,
			@Nullable String limit, @Nullable String cursor) {
		try {
			return new WebEndpointResponse<>(this.endpoint.workflows(name, status, tag, limit, cursor));
		}
		catch (InvalidEndpointRequestException ex) {
			return new WebEndpointResponse<>(new Refusal(WebEndpointResponse.STATUS_BAD_REQUEST, ex.getReason()),
					WebEndpointResponse.STATUS_BAD_REQUEST);
		}
	}

	record Refusal(int status, @Nullable String message) {
	}

}
