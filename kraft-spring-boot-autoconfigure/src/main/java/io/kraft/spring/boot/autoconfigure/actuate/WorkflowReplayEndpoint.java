package io.kraft.spring.boot.autoconfigure.actuate;

import java.util.List;

import io.kraft.client.ReplayCheckQuery;
import io.kraft.client.ReplayCheckReport;
import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowQuery;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * Reports whether waiting runs would continue with the present code. It changes nothing,
 * but executes the code of workflows: without unrestricted access there is no operation.
 */
@Endpoint(id = "workflowreplay", defaultAccess = Access.READ_ONLY)
public final class WorkflowReplayEndpoint {

	private final WorkflowClient client;

	/**
	 * An endpoint above the given client.
	 */
	public WorkflowReplayEndpoint(WorkflowClient client) {
		this.client = client;
	}

	/**
	 * Replays copies of the journals of runs; filters are combined by "and".
	 * @param name workflow name
	 * @param status any of these that have not ended, separated by commas; by default all
	 * that have not ended and are not paused
	 * @param max most runs to be replayed, the newest first; 1000 by default
	 * @param perVersion most runs to be replayed of each version of a workflow; by
	 * default there is no bound
	 * @throws InvalidEndpointRequestException if a parameter is malformed
	 */
	@WriteOperation
	public ReplayCheckReport check(@Nullable String name, @Nullable String status, @Nullable String max,
			@Nullable String perVersion) {
		WorkflowQuery runs = QueryParameters.parse(name, (status != null) ? List.of(status) : null, null, null, null);
		int most = QueryParameters.number("max", max, ReplayCheckQuery.all().limit(), 1, ReplayCheckQuery.MAX_LIMIT);
		int ofEach = QueryParameters.number("perVersion", perVersion, ReplayCheckQuery.MAX_LIMIT, 1,
				ReplayCheckQuery.MAX_LIMIT);
		return this.client.checkReplay(query(runs).limit(most).perVersion(ofEach));
	}

	private static ReplayCheckQuery query(WorkflowQuery runs) {
		try {
			return ReplayCheckQuery.all().runs(runs);
		}
		catch (IllegalArgumentException ex) {
			String message = String.valueOf(ex.getMessage());
			throw new InvalidEndpointRequestException(message, message);
		}
	}

}
