package io.kraft.spring.boot.web;

import java.util.Map;

import io.kraft.client.WorkflowClient;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;

/**
 * Shows schedules, pauses and resumes them, and triggers runs of them manually.
 */
final class ScheduleController extends ApiController {

	private final WorkflowClient client;

	private final RunLocations runs;

	ScheduleController(WorkflowClient client, RunLocations runs) {
		this.client = client;
		this.runs = runs;
	}

	@GetMapping("/schedules")
	ResponseEntity<byte[]> list() {
		return Answers.json(200, Map.of("schedules", this.client.schedules()));
	}

	@PostMapping("/schedules/{name}/pause")
	ResponseEntity<byte[]> pause(@PathVariable String name, @RequestBody(required = false) byte @Nullable [] body) {
		WebJson.readEmpty(body);
		this.client.pauseSchedule(name);
		return Answers.empty(204);
	}

	@PostMapping("/schedules/{name}/resume")
	ResponseEntity<byte[]> resume(@PathVariable String name, @RequestBody(required = false) byte @Nullable [] body) {
		WebJson.readEmpty(body);
		this.client.resumeSchedule(name);
		return Answers.empty(204);
	}

	@PostMapping("/schedules/{name}/trigger")
	ResponseEntity<byte[]> trigger(@PathVariable String name, @RequestBody(required = false) byte @Nullable [] body,
			@RequestAttribute ApiRequest kraftRequest) {
		WebJson.readEmpty(body);
		return this.runs.started(this.client.triggerSchedule(name), kraftRequest);
	}

}
