package io.kraft.spring.boot.web;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.kraft.client.QueueDescription;
import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowQuery;
import io.kraft.client.WorkflowStatus;

/**
 * Shows queues and their dead items, pauses and resumes them. Items are runs: they are
 * retried and deleted as those.
 */
final class QueueEndpoints {

	private final WorkflowClient client;

	QueueEndpoints(WorkflowClient client) {
		this.client = client;
	}

	List<Route> routes() {
		return List.of(Route.get("/queues", this::list), Route.get("/queues/{name}/dead", this::dead),
				Route.post("/queues/{name}/pause", (request) -> change(request, this.client::pauseQueue)),
				Route.post("/queues/{name}/resume", (request) -> change(request, this.client::resumeQueue)));
	}

	private Answer list(ApiRequest request) {
		List<Queue> queues = this.client.queues().stream().map(Queue::of).toList();
		return Answer.Content.json(200, WebJson.write(Map.of("queues", queues)));
	}

	private Answer dead(ApiRequest request) {
		WorkflowQuery items = WorkflowQuery.all().queue(request.variable("name")).status(WorkflowStatus.DEAD);
		return RunEndpoints.runs(this.client, Parameters.page(items, request));
	}

	private Answer change(ApiRequest request, Consumer<String> change) {
		EmptyBody.check(request);
		String name = request.variable("name");
		// A queue needs no declaration; an unknown one is a misspelling.
		if (this.client.queues().stream().noneMatch((known) -> known.queue().name().equals(name))) {
			throw RequestRefusedException.noRoute("there is no queue '" + name + "'");
		}
		change.accept(name);
		return Answer.Content.empty(204);
	}

	/**
	 * A queue and how many items it has, by what they do.
	 */
	record Queue(String name, boolean paused, long scheduled, long pending, long active, long dead) {

		static Queue of(QueueDescription queue) {
			return new Queue(queue.queue().name(), queue.paused(), queue.scheduled(), queue.pending(), queue.active(),
					queue.dead());
		}

	}

}
