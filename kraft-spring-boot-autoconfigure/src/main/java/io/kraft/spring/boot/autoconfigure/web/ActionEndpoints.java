package io.kraft.spring.boot.autoconfigure.web;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowEndedException;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowNotEndedException;
import io.kraft.client.WorkflowStatus;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.util.TokenBuffer;

/**
 * What an operator does to a run. Where the client would do nothing because of the run's
 * status, the request is refused.
 */
final class ActionEndpoints {

	private static final Set<WorkflowStatus> RETRYABLE = Set.of(WorkflowStatus.FAILED, WorkflowStatus.DEAD);

	private static final int MAX_NAME = 512;

	private final WorkflowClient client;

	private final String runs;

	/**
	 * The endpoints.
	 * @param runs path of the runs, below the context path
	 */
	ActionEndpoints(WorkflowClient client, String runs) {
		this.client = client;
		this.runs = runs;
	}

	List<Route> routes() {
		return List.of(Route.post("/runs/{id}/signals/{name}", this::signal),
				Route.post("/runs/{id}/cancel", (request) -> stop(request, 202, this.client::cancel)),
				Route.post("/runs/{id}/fail", this::fail),
				Route.post("/runs/{id}/terminate", (request) -> stop(request, 200, this.client::terminate)),
				Route.post("/runs/{id}/pause", (request) -> stop(request, 202, this.client::pause)),
				Route.post("/runs/{id}/resume", (request) -> stop(request, 200, this.client::resume)),
				Route.post("/runs/{id}/retry", this::retry), Route.post("/runs/{id}/restart", this::restart),
				Route.delete("/runs/{id}", this::delete));
	}

	private Answer signal(ApiRequest request) {
		String id = request.variable("id");
		String name = shortText("the signal's name", request.variable("name"));
		@Nullable TokenBuffer payload = WebJson.readAny(request);
		withStatus(id, () -> request.header("Idempotency-Key")
			.ifPresentOrElse(
					(key) -> this.client.signal(id, name, payload, shortText("the header Idempotency-Key", key)),
					() -> this.client.signal(id, name, payload)));
		return Answer.Content.empty(202);
	}

	private static String shortText(String what, String text) {
		if (text.isBlank() || text.length() > MAX_NAME || text.chars().anyMatch(Character::isISOControl)) {
			throw RequestRefusedException
				.malformed(what + " has 1 to " + MAX_NAME + " characters, none of them a control character");
		}
		return text;
	}

	private Answer fail(ApiRequest request) {
		String reason = WebJson.read(request, Failure.class).reason();
		if (reason == null || reason.isBlank()) {
			throw RequestRefusedException.malformed("the body needs a 'reason' for the failure");
		}
		return act(request, 202, (id) -> this.client.failRun(id, reason));
	}

	private Answer stop(ApiRequest request, int status, Consumer<String> action) {
		EmptyBody.check(request);
		return act(request, status, action);
	}

	private Answer act(ApiRequest request, int status, Consumer<String> action) {
		String id = request.variable("id");
		WorkflowStatus found = this.client.handle(id).status();
		if (found.isTerminal()) {
			throw new RunStatusException(new WorkflowEndedException(
					"run '" + id + "' has ended as " + found
							+ ", and can be neither stopped nor continued. See docs/reference/errors.md#kraft-3003",
					null, id, found), found);
		}
		action.accept(id);
		return described(status, this.client.handle(id));
	}

	private Answer retry(ApiRequest request) {
		String id = request.variable("id");
		EmptyBody.check(request);
		WorkflowStatus found = this.client.handle(id).status();
		// A paused one is refused by the client, which knows why it is paused.
		if (!found.isTerminal() && found != WorkflowStatus.PAUSED) {
			throw new RunStatusException(
					new WorkflowNotEndedException(
							"run '" + id + "' has the status " + found + ", and only one that is among " + RETRYABLE
									+ " can be retried. See docs/reference/errors.md#kraft-3008",
							null, id, found),
					found);
		}
		withStatus(id, () -> this.client.retry(id));
		return described(200, this.client.handle(id));
	}

	private Answer restart(ApiRequest request) {
		String id = request.variable("id");
		EmptyBody.check(request);
		WorkflowHandle<?> run = request.parameter("from").isPresent()
				? this.client.restartFrom(id, request.parameter("from").get()) : this.client.restart(id);
		return started(run, request.contextPath() + this.runs);
	}

	private Answer delete(ApiRequest request) {
		String id = request.variable("id");
		withStatus(id, () -> this.client.delete(id));
		return Answer.Content.empty(204);
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

	private static Answer described(int status, WorkflowHandle<?> run) {
		return Answer.Content.json(status, WebJson.write(run.describe()));
	}

	static Answer started(WorkflowHandle<?> run, String runs) {
		return described(202, run).withHeader("Location", RunPath.of(runs, run.id()));
	}

	/**
	 * Why a run is to fail.
	 */
	record Failure(@Nullable String reason) {
	}

}
