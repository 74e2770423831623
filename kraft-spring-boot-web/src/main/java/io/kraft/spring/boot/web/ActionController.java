package io.kraft.spring.boot.web;

import java.util.function.Consumer;

import io.kraft.client.RunOperation;
import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowHandle;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.util.TokenBuffer;

import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * What an operator does to a run. What is not allowed in the run's status is refused,
 * also where the client would do nothing.
 */
final class ActionController extends ApiController {

	private static final int MAX_NAME = 512;

	private final WorkflowClient client;

	private final RunLocations runs;

	ActionController(WorkflowClient client, RunLocations runs) {
		this.client = client;
		this.runs = runs;
	}

	@PostMapping("/runs/{id}/signals/{name}")
	ResponseEntity<byte[]> signal(@PathVariable String id, @PathVariable String name,
			@RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
			@RequestBody(required = false) byte @Nullable [] body) {
		String signal = shortText("the signal's name", name);
		@Nullable TokenBuffer payload = WebJson.readAny(body);
		if (StringUtils.hasLength(key)) {
			this.client.signal(id, signal, payload, shortText("the header Idempotency-Key", key));
		}
		else {
			this.client.signal(id, signal, payload);
		}
		return Answers.empty(202);
	}

	private static String shortText(String what, String text) {
		if (text.isBlank() || text.length() > MAX_NAME || text.chars().anyMatch(Character::isISOControl)) {
			throw RequestRefusedException
				.malformed(what + " has 1 to " + MAX_NAME + " characters, none of them a control character");
		}
		return text;
	}

	@PostMapping("/runs/{id}/cancel")
	ResponseEntity<byte[]> cancel(@PathVariable String id, @RequestBody(required = false) byte @Nullable [] body,
			@RequestAttribute ApiRequest kraftRequest) {
		WebJson.readEmpty(body);
		return act(202, RunOperation.CANCEL, id, this.client::cancel, kraftRequest);
	}

	@PostMapping("/runs/{id}/terminate")
	ResponseEntity<byte[]> terminate(@PathVariable String id, @RequestBody(required = false) byte @Nullable [] body,
			@RequestAttribute ApiRequest kraftRequest) {
		WebJson.readEmpty(body);
		return act(200, RunOperation.TERMINATE, id, this.client::terminate, kraftRequest);
	}

	@PostMapping("/runs/{id}/pause")
	ResponseEntity<byte[]> pause(@PathVariable String id, @RequestBody(required = false) byte @Nullable [] body,
			@RequestAttribute ApiRequest kraftRequest) {
		WebJson.readEmpty(body);
		return act(202, RunOperation.PAUSE, id, this.client::pause, kraftRequest);
	}

	@PostMapping("/runs/{id}/resume")
	ResponseEntity<byte[]> resume(@PathVariable String id, @RequestBody(required = false) byte @Nullable [] body,
			@RequestAttribute ApiRequest kraftRequest) {
		WebJson.readEmpty(body);
		return act(200, RunOperation.RESUME, id, this.client::resume, kraftRequest);
	}

	@PostMapping("/runs/{id}/fail")
	ResponseEntity<byte[]> fail(@PathVariable String id, @RequestBody(required = false) byte @Nullable [] body,
			@RequestAttribute ApiRequest kraftRequest) {
		String reason = WebJson.read(body, Failure.class).reason();
		if (reason == null || reason.isBlank()) {
			throw RequestRefusedException.malformed("the body needs a 'reason' for the failure");
		}
		return act(202, RunOperation.FAIL, id, (run) -> this.client.failRun(run, reason), kraftRequest);
	}

	@PostMapping("/runs/{id}/retry")
	ResponseEntity<byte[]> retry(@PathVariable String id, @RequestBody(required = false) byte @Nullable [] body,
			@RequestAttribute ApiRequest kraftRequest) {
		WebJson.readEmpty(body);
		return act(200, RunOperation.RETRY, id, this.client::retry, kraftRequest);
	}

	@PostMapping("/runs/{id}/restart")
	ResponseEntity<byte[]> restart(@PathVariable String id, @RequestParam MultiValueMap<String, String> parameters,
			@RequestBody(required = false) byte @Nullable [] body, @RequestAttribute ApiRequest kraftRequest) {
		WebJson.readEmpty(body);
		return this.runs.started(Parameters.first(parameters, "from")
			.<WorkflowHandle<?>>map((position) -> this.client.restartFrom(id, position))
			.orElseGet(() -> this.client.restart(id)), kraftRequest);
	}

	@DeleteMapping("/runs/{id}")
	ResponseEntity<byte[]> delete(@PathVariable String id) {
		this.client.delete(id);
		return Answers.empty(204);
	}

	private ResponseEntity<byte[]> act(int status, RunOperation operation, String id, Consumer<String> action,
			ApiRequest request) {
		WorkflowHandle<?> run = this.client.handle(id);
		operation.check(run.describe());
		action.accept(id);
		return Answers.changed(status, run, request);
	}

	/**
	 * Why a run is to fail.
	 */
	record Failure(@Nullable String reason) {
	}

}
