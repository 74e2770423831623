package io.kraft.spring.boot.web;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

import io.kraft.engine.supervision.Futures;
import io.kraft.spring.boot.autoconfigure.operator.Problem;
import io.kraft.spring.boot.web.RunResult.Standing;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The result of a run, with a long poll.
 */
final class ResultController extends ApiController {

	private final RunResult results;

	private final Duration maxWait;

	private final ShownPayloads payloads;

	ResultController(RunResult results, Duration maxWait, ShownPayloads payloads) {
		this.results = results;
		this.payloads = payloads;
		this.maxWait = maxWait;
	}

	@GetMapping("/runs/{id}/result")
	CompletionStage<ResponseEntity<byte[]>> result(@PathVariable String id,
			@RequestParam MultiValueMap<String, String> parameters, @RequestAttribute ApiRequest kraftRequest) {
		this.payloads.check("the result of a run");
		Duration wait = Parameters.duration(parameters, "wait", this.maxWait);
		return Futures.map(this.results.await(id, wait, kraftRequest.caller()),
				(standing) -> answer(standing, kraftRequest));
	}

	private static ResponseEntity<byte[]> answer(Standing standing, ApiRequest request) {
		if (standing.failure() != null) {
			return Problems.answer(Problem.of(standing.failure(), request).in(standing.run().status()), request);
		}
		return (standing.result() != null) ? Answers.text(200, MediaType.APPLICATION_JSON, standing.result())
				: Answers.json(202, standing.run());
	}

}
