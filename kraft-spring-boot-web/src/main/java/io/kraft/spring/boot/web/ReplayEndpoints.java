package io.kraft.spring.boot.web;

import java.time.Duration;
import java.util.List;

import io.kraft.client.ReplayCheckQuery;
import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowQuery;

/**
 * Reports whether waiting runs would continue with the present code.
 */
final class ReplayEndpoints {

	private static final Duration MAX_TIMEOUT = Duration.ofMinutes(10);

	private final WorkflowClient client;

	ReplayEndpoints(WorkflowClient client) {
		this.client = client;
	}

	List<Route> routes() {
		// Changes nothing, but executes code: nothing that a link or a crawler should do.
		return List.of(Route.post("/replay-check", this::check));
	}

	private Answer check(ApiRequest request) {
		EmptyBody.check(request);
		return Answer.Content.json(200, WebJson.write(this.client.checkReplay(query(request))));
	}

	private static ReplayCheckQuery query(ApiRequest request) {
		WorkflowQuery runs = Parameters.query(request);
		int max = Parameters.number(request, "max", 1, ReplayCheckQuery.MAX_LIMIT, ReplayCheckQuery.all().limit());
		int perVersion = Parameters.number(request, "perVersion", 1, ReplayCheckQuery.MAX_LIMIT,
				ReplayCheckQuery.MAX_LIMIT);
		Duration timeout = Parameters.duration(request, "timeout", MAX_TIMEOUT);
		try {
			ReplayCheckQuery query = ReplayCheckQuery.all().runs(runs).limit(max).perVersion(perVersion);
			return timeout.isZero() ? query : query.timeout(timeout);
		}
		catch (IllegalArgumentException ex) {
			throw RequestRefusedException.malformed(String.valueOf(ex.getMessage()));
		}
	}

}
