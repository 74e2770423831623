package io.kraft.spring.boot.autoconfigure.actuate;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kraft.client.Page;
import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowDescription;
import io.kraft.client.WorkflowQuery;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * A page of runs.
 *
 * @param workflows the runs, newest first
 * @param nextCursor of the next page; null on the last one
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record WorkflowsDescriptor(List<WorkflowDescriptor> workflows,
		@Nullable String nextCursor) implements OperationResponseBody {

	/**
	 * The page that a client lists.
	 * @throws InvalidEndpointRequestException if the query has an invalid cursor
	 */
	static WorkflowsDescriptor of(WorkflowClient client, WorkflowQuery query) {
		try {
			Page<WorkflowDescription> page = client.list(query);
			return new WorkflowsDescriptor(page.items().stream().map(WorkflowDescriptor::of).toList(),
					page.nextCursor().orElse(null));
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidEndpointRequestException("Malformed query: " + ex.getMessage(),
					"The query is malformed: " + ex.getMessage(), ex);
		}
	}

}
