package io.kraft.spring.boot.autoconfigure.web;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

import io.kraft.engine.lifecycle.Futures;
import io.kraft.spring.boot.autoconfigure.web.Route.Access;
import io.kraft.spring.boot.autoconfigure.web.RunResult.Standing;
import org.springframework.http.HttpMethod;

/**
 * The result of a run, with a long poll.
 */
final class ResultEndpoint {

	private final RunResult results;

	private final Duration maxWait;

	private final ShownPayloads payloads;

	ResultEndpoint(RunResult results, Duration maxWait, ShownPayloads payloads) {
		this.results = results;
		this.payloads = payloads;
		this.maxWait = maxWait;
	}

	List<Route> routes() {
		return List.of(new Route(HttpMethod.GET, "/runs/{id}/result", Access.READ, this::result));
	}

	private CompletionStage<Answer> result(ApiRequest request) {
		this.payloads.check("the result of a run");
		Duration wait = Parameters.duration(request, "wait", this.maxWait);
		return Futures.map(this.results.await(request.variable("id"), wait), ResultEndpoint::answer);
	}

	private static Answer answer(Standing standing) {
		if (standing.failure() != null) {
			throw new RunStatusException(standing.failure(), standing.run().status());
		}
		return (standing.result() != null) ? Answer.Content.json(200, standing.result())
				: Answer.Content.json(202, WebJson.write(standing.run()));
	}

}
