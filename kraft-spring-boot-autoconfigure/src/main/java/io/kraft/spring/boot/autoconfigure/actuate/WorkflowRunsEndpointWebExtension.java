package io.kraft.spring.boot.autoconfigure.actuate;

import java.util.Collection;
import java.util.List;
import java.util.Set;

import io.kraft.spring.boot.autoconfigure.operator.Payloads;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * The endpoint over HTTP: it shows payloads to authorized users, and reports why it
 * refuses a request.
 */
@EndpointWebExtension(endpoint = WorkflowRunsEndpoint.class)
final class WorkflowRunsEndpointWebExtension {

	private final WorkflowRunsEndpoint endpoint;

	private final Show showPayloads;

	private final Set<String> roles;

	WorkflowRunsEndpointWebExtension(WorkflowRunsEndpoint endpoint, Show showPayloads, Collection<String> roles) {
		this.endpoint = endpoint;
		this.showPayloads = showPayloads;
		this.roles = Set.copyOf(roles);
	}

	/**
	 * As {@link WorkflowRunsEndpoint#workflows}.
	 */
	@ReadOperation
	public WebEndpointResponse<?> workflows(@Nullable String name, @Nullable List<String> status, @Nullable Object tag,
			@Nullable String limit, @Nullable String cursor) {
		return WebAnswers.of(WebEndpointResponse.STATUS_OK,
				() -> this.endpoint.workflows(name, status, tag, limit, cursor));
	}

	/**
	 * As {@link WorkflowRunsEndpoint#workflow(String)}.
	 */
	@ReadOperation
	public WebEndpointResponse<?> workflow(SecurityContext securityContext, @Selector String id) {
		return WebAnswers.of(WebEndpointResponse.STATUS_OK,
				() -> this.endpoint.workflow(id, payloadsFor(securityContext)));
	}

	/**
	 * As {@link WorkflowRunsEndpoint#view(String, String, String, String)}.
	 */
	@ReadOperation
	public WebEndpointResponse<?> view(SecurityContext securityContext, @Selector String id, @Selector String view,
			@Nullable String from, @Nullable String limit) {
		return WebAnswers.of(WebEndpointResponse.STATUS_OK,
				() -> this.endpoint.view(id, view, from, limit, payloadsFor(securityContext)));
	}

	/**
	 * As {@link WorkflowRunsEndpoint#act}: accepted, because a run completes some of it
	 * asynchronously.
	 */
	@WriteOperation
	public WebEndpointResponse<?> act(@Selector String id, @Selector String action, @Nullable String name,
			@Nullable String payload, @Nullable String messageId, @Nullable String from, @Nullable String reason,
			@Nullable String number) {
		return WebAnswers.of(WebAnswers.ACCEPTED,
				() -> this.endpoint.act(id, action, name, payload, messageId, from, reason, number));
	}

	/**
	 * As {@link WorkflowRunsEndpoint#act}, for a request without a body, of which Boot
	 * would demand a content type: an operation with nothing but its path needs none.
	 */
	@WriteOperation
	public WebEndpointResponse<?> actWithoutParameters(@Selector String id, @Selector String action) {
		return act(id, action, null, null, null, null, null, null);
	}

	/**
	 * As {@link WorkflowRunsEndpoint#delete}.
	 */
	@DeleteOperation
	public WebEndpointResponse<?> delete(@Selector String id) {
		return WebAnswers.ofVoid(() -> this.endpoint.delete(id));
	}

	private Payloads payloadsFor(SecurityContext securityContext) {
		return Payloads.shownIf(this.showPayloads.isShown(securityContext, this.roles));
	}

}
