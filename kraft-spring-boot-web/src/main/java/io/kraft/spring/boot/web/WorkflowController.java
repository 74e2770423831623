package io.kraft.spring.boot.web;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;

import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowHandle;
import io.kraft.engine.KraftEngine;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.spring.boot.web.IdempotentStarts.Started;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;

/**
 * Lists the workflows of the application, and starts them by name.
 */
final class WorkflowController extends ApiController {

	private final KraftEngine engine;

	private final WorkflowClient client;

	private final Arguments arguments;

	private final RunLocations runs;

	private final ScheduledRuns scheduled;

	WorkflowController(KraftEngine engine, WorkflowClient client, Arguments arguments, RunLocations runs,
			int maxScheduledRuns) {
		this.scheduled = new ScheduledRuns(engine, maxScheduledRuns);
		this.engine = engine;
		this.client = client;
		this.arguments = arguments;
		this.runs = runs;
	}

	@GetMapping("/workflows")
	ResponseEntity<byte[]> list() {
		return Answers.json(200,
				Map.of("workflows", this.engine.definitions().workflows().all().stream().map(Definition::of).toList()));
	}

	@PostMapping("/workflows/{name}")
	ResponseEntity<byte[]> start(@PathVariable String name, @RequestBody(required = false) byte @Nullable [] body,
			@RequestAttribute ApiRequest kraftRequest) {
		WorkflowDefinition workflow = this.engine.definitions().workflows().latest(name);
		StartBody start = WebJson.read(body, StartBody.class);
		if (start.options().delay().isPositive()) {
			this.scheduled.check();
		}
		@Nullable Object[] arguments = this.arguments.read(workflow, start.argumentsOrNone());
		Started started = IdempotentStarts.start(start.options(),
				(options) -> (WorkflowHandle<?>) this.client.start(name, options, arguments));
		return this.runs.answer(started.status(), this.client.handle(started.id()), kraftRequest);
	}

	/**
	 * A workflow that can be started.
	 *
	 * @param parameters their Java types
	 * @param result its Java type
	 */
	record Definition(String name, int version, List<String> parameters, String result) {

		static Definition of(WorkflowDefinition workflow) {
			return new Definition(workflow.name(), workflow.version(),
					workflow.signature().parameterTypes().stream().map(Type::getTypeName).toList(),
					workflow.signature().resultType().getTypeName());
		}

	}

}
