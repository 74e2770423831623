package io.kraft.spring.boot.web;

import java.util.function.Consumer;

import io.kraft.client.RunOperation;
import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowEndedException;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowNotEndedException;
import io.kraft.client.WorkflowStatus;
import io.kraft.workflow.KraftException;
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
 * What an operator does to a run. Where the client would do nothing because of the run's
 * status, the request is refused.
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
		withStatus(id, () -> {
			if (StringUtils.hasLength(key)) {
				this.client.signal(id, signal, payload, shortText("the header Idempotency-Key", key));
			}
			else {
				this.client.signal(id, signal, payload);
			}
		});
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
		return act(202, id, body, this.client::cancel, kraftRequest);
	}

	@PostMapping("/runs/{id}/terminate")
	ResponseEntity<byte[]> terminate(@PathVariable String id, @RequestBody(required = false) byte @Nullable [] body,
			@RequestAttribute ApiRequest kraftRequest) {
		return act(200, id, body, this.client::terminate, kraftRequest);
	}

	@PostMapping("/runs/{id}/pause")
	ResponseEntity<byte[]> pause(@PathVariable String id, @RequestBody(required = false) byte @Nullable [] body,
			@RequestAttribute ApiRequest kraftRequest) {
		return act(202, id, body, this.client::pause, kraftRequest);
	}

	@PostMapping("/runs/{id}/resume")
	ResponseEntity<byte[]> resume(@PathVariable String id, @RequestBody(required = false) byte @Nullable [] body,
			@RequestAttribute ApiRequest kraftRequest) {
		return act(200, id, body, this.client::resume, kraftRequest);
	}

	@PostMapping("/runs/{id}/fail")
	ResponseEntity<byte[]> fail(@PathVariable String id, @RequestBody(required = false) byte @Nullable [] body,
			@RequestAttribute ApiRequest kraftRequest) {
		String reason = WebJson.read(body, Failure.class).reason();
		if (reason == null || reason.isBlank()) {
			throw RequestRefusedException.malformed("the body needs a 'reason' for the failure");
		}
		return act(202, id, null, (run) -> this.client.failRun(run, reason), kraftRequest);
	}

	private ResponseEntity<byte[]> act(int status, String id, byte @Nullable [] body, Consumer<String> action,
			ApiRequest request) {
		WebJson.readEmpty(body);
		WorkflowStatus found = this.client.handle(id).status();
		if (found.isTerminal()) {
			throw new RunStatusException(new WorkflowEndedException(
					"run '" + id + "' has ended as " + found
							+ ", and can be neither stopped nor continued. See docs/reference/errors.md#kraft-3003",
					null, id, found), found);
		}
		action.accept(id);
		return changed(status, id, request);
	}

	@PostMapping("/runs/{id}/retry")
	ResponseEntity<byte[]> retry(@PathVariable String id, @RequestBody(required = false) byte @Nullable [] body,
			@RequestAttribute ApiRequest kraftRequest) {
		WebJson.readEmpty(body);
		WorkflowStatus found = this.client.handle(id).status();
		// A paused one is refused by the client, which knows why it is paused.
		if (!found.isTerminal() && found != WorkflowStatus.PAUSED) {
			throw new RunStatusException(new WorkflowNotEndedException("run '" + id + "' has the status " + found
					+ ", and only one that is among " + RunOperation.RETRY.statuses()
					+ " can be retried. See docs/reference/errors.md#kraft-3008", null, id, found), found);
		}
		withStatus(id, () -> this.client.retry(id));
		return changed(200, id, kraftRequest);
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
		withStatus(id, () -> this.client.delete(id));
		return Answers.empty(204);
	}

	private ResponseEntity<byte[]> changed(int status, String id, ApiRequest request) {
		return Answers.changed(status, this.client.handle(id), request);
	}

	/** What is refused for the run's status is refused with it. */
	private void withStatus(String id, Runnable action) {
		try {
			action.run();
		}
		catch (WorkflowEndedException | WorkflowNotEndedException ex) {
			throw withStatus(id, ex);
		}
	}

	private RuntimeException withStatus(String id, KraftException reason) {
		return new RunStatusException(reason, this.client.handle(id).status());
	}

	/**
	 * Why a run is to fail.
	 */
	record Failure(@Nullable String reason) {
	}

}
