package io.kraft.spring.boot.web;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.kraft.client.WorkflowClient;

/**
 * Shows schedules, pauses and resumes them, and triggers runs of them manually.
 */
final class ScheduleEndpoints {

	private final WorkflowClient client;

	private final String runs;

	/**
	 * The endpoints.
	 * @param runs path of the runs, below the context path
	 */
	ScheduleEndpoints(WorkflowClient client, String runs) {
		this.client = client;
		this.runs = runs;
	}

	List<Route> routes() {
		return List.of(Route.get("/schedules", this::list),
				Route.post("/schedules/{name}/pause", (request) -> change(request, this.client::pauseSchedule)),
				Route.post("/schedules/{name}/resume", (request) -> change(request, this.client::resumeSchedule)),
				Route.post("/schedules/{name}/trigger", this::trigger));
	}

	private Answer list(ApiRequest request) {
		return Answer.Content.json(200, WebJson.write(Map.of("schedules", this.client.schedules())));
	}

	private static Answer change(ApiRequest request, Consumer<String> change) {
		EmptyBody.check(request);
		change.accept(request.variable("name"));
		return Answer.Content.empty(204);
	}

	private Answer trigger(ApiRequest request) {
		EmptyBody.check(request);
		return ActionEndpoints.started(this.client.triggerSchedule(request.variable("name")),
				request.contextPath() + this.runs);
	}

}
