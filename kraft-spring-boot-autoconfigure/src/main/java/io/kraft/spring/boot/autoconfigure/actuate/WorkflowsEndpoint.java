package io.kraft.spring.boot.autoconfigure.actuate;

import java.util.List;

import io.kraft.client.Page;
import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowDescription;
import io.kraft.client.WorkflowNotFoundException;
import io.kraft.client.WorkflowQuery;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/**
 * Lists runs and shows a run and its journal. Payloads are shown as the journal holds
 * them: expose the endpoint to those only who may see them.
 */
@Endpoint(id = "workflows", defaultAccess = Access.READ_ONLY)
public final class WorkflowsEndpoint {

	private static final String JOURNAL = "journal";

	private final WorkflowClient client;

	/**
	 * An endpoint that asks the given client.
	 */
	public WorkflowsEndpoint(WorkflowClient client) {
		this.client = client;
	}

	/**
	 * A page of runs, newest first; filters are combined by "and".
	 * @param name workflow name
	 * @param status any of these, repeated or separated by commas, in upper or lower case
	 * @param tag {@code key:value}, all of these when repeated. Not a list of texts,
	 * because the actuator would split a value at its commas
	 * @param limit most runs of the page, 1 to 1000; 100 by default
	 * @param cursor {@code nextCursor} of the page before
	 * @throws InvalidEndpointRequestException if a parameter is malformed
	 */
	@ReadOperation
	public WorkflowsDescriptor workflows(@Nullable String name, @Nullable List<String> status, @Nullable Object tag,
			@Nullable String limit, @Nullable String cursor) {
		WorkflowQuery query = QueryParameters.parse(name, status, tag, limit, cursor);
		Page<WorkflowDescription> page = list(query);
		return new WorkflowsDescriptor(page.items().stream().map(WorkflowDescriptor::of).toList(),
				page.nextCursor().orElse(null));
	}

	private Page<WorkflowDescription> list(WorkflowQuery query) {
		try {
			return this.client.list(query);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidEndpointRequestException("Malformed query: " + ex.getMessage(),
					"The query is malformed: " + ex.getMessage(), ex);
		}
	}

	/**
	 * What is known of a run; null if its id is unknown.
	 */
	@ReadOperation
	public @Nullable WorkflowDescriptor workflow(@Selector String id) {
		return this.client.find(id).map(WorkflowDescriptor::of).orElse(null);
	}

	/**
	 * The run's journal; null if its id is unknown.
	 * @param view what to show of the run: {@code journal}, as nothing else exists
	 */
	@ReadOperation
	public @Nullable JournalDescriptor journal(@Selector String id, @Selector String view) {
		if (!view.equals(JOURNAL)) {
			return null;
		}
		try {
			return JournalDescriptor.of(this.client.journal(id));
		}
		catch (WorkflowNotFoundException ex) {
			return null;
		}
	}

}
