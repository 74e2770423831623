package io.kraft.spring.boot.web;

import java.util.Map;
import java.util.function.Consumer;

import io.kraft.client.QueueDescription;
import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowQuery;
import io.kraft.client.WorkflowStatus;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Shows queues and their dead items, pauses and resumes them. Items are runs: they are
 * retried and deleted as those.
 */
final class QueueController extends ApiController {

	private final WorkflowClient client;

	QueueController(WorkflowClient client) {
		this.client = client;
	}

	@GetMapping("/queues")
	ResponseEntity<byte[]> list() {
		return Answers.json(200, Map.of("queues", this.client.queues().stream().map(Queue::of).toList()));
	}

	@GetMapping("/queues/{name}/dead")
	ResponseEntity<byte[]> dead(@PathVariable String name, @RequestParam MultiValueMap<String, String> parameters) {
		WorkflowQuery items = WorkflowQuery.all().queue(name).status(WorkflowStatus.DEAD);
		return RunController.runs(this.client, Parameters.page(items, parameters));
	}

	@PostMapping("/queues/{name}/pause")
	ResponseEntity<byte[]> pause(@PathVariable String name, @RequestBody(required = false) byte @Nullable [] body) {
		return change(name, body, this.client::pauseQueue);
	}

	@PostMapping("/queues/{name}/resume")
	ResponseEntity<byte[]> resume(@PathVariable String name, @RequestBody(required = false) byte @Nullable [] body) {
		return change(name, body, this.client::resumeQueue);
	}

	private ResponseEntity<byte[]> change(String name, byte @Nullable [] body, Consumer<String> change) {
		WebJson.readEmpty(body);
		// A queue needs no declaration; an unknown one is a misspelling.
		if (this.client.queues().stream().noneMatch((known) -> known.queue().name().equals(name))) {
			throw RequestRefusedException.noRoute("there is no queue '" + name + "'");
		}
		change.accept(name);
		return Answers.empty(204);
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
