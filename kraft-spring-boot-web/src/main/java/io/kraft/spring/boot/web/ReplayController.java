package io.kraft.spring.boot.web;

import java.time.Duration;

import io.kraft.client.ReplayCheckQuery;
import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowQuery;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Reports whether waiting runs would continue with the present code.
 */
final class ReplayController extends ApiController {

	private static final Duration MAX_TIMEOUT = Duration.ofMinutes(10);

	private final WorkflowClient client;

	ReplayController(WorkflowClient client) {
		this.client = client;
	}

	/** Changes nothing, but executes code: nothing that a link or a crawler should do. */
	@PostMapping("/replay-check")
	ResponseEntity<byte[]> check(@RequestParam MultiValueMap<String, String> parameters,
			@RequestBody(required = false) byte @Nullable [] body, @RequestAttribute ApiRequest kraftRequest) {
		WebJson.readEmpty(body);
		if (!kraftRequest.mayRead()) {
			throw RequestRefusedException.forbidden("the report shows runs, which the caller may not see");
		}
		return Answers.json(200, this.client.checkReplay(query(parameters)));
	}

	private static ReplayCheckQuery query(MultiValueMap<String, String> parameters) {
		WorkflowQuery runs = Parameters.query(parameters);
		int max = Parameters.number(parameters, "max", 1, ReplayCheckQuery.MAX_LIMIT, ReplayCheckQuery.all().limit());
		int perVersion = Parameters.number(parameters, "perVersion", 1, ReplayCheckQuery.MAX_LIMIT,
				ReplayCheckQuery.MAX_LIMIT);
		Duration timeout = Parameters.duration(parameters, "timeout", MAX_TIMEOUT);
		try {
			ReplayCheckQuery query = ReplayCheckQuery.all().runs(runs).limit(max).perVersion(perVersion);
			return timeout.isZero() ? query : query.timeout(timeout);
		}
		catch (IllegalArgumentException ex) {
			throw RequestRefusedException.malformed(String.valueOf(ex.getMessage()));
		}
	}

}
