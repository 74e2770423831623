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

/**
 * Lists the workflows of the application, and starts them by name.
 */
final class WorkflowEndpoints {

	private final KraftEngine engine;

	private final WorkflowClient client;

	private final Arguments arguments;

	private final String runs;

	/**
	 * The endpoints.
	 * @param runs path of the runs, below the context path
	 */
	WorkflowEndpoints(KraftEngine engine, WorkflowClient client, Arguments arguments, String runs) {
		this.engine = engine;
		this.client = client;
		this.arguments = arguments;
		this.runs = runs;
	}

	List<Route> routes() {
		return List.of(Route.get("/workflows", this::list), Route.post("/workflows/{name}", this::start));
	}

	private Answer list(ApiRequest request) {
		List<Definition> workflows = this.engine.definitions().workflows().all().stream().map(Definition::of).toList();
		return Answer.Content.json(200, WebJson.write(Map.of("workflows", workflows)));
	}

	private Answer start(ApiRequest request) {
		String name = request.variable("name");
		WorkflowDefinition workflow = this.engine.definitions().workflows().latest(name);
		StartBody body = WebJson.read(request, StartBody.class);
		@Nullable Object[] arguments = this.arguments.read(workflow, body.argumentsOrNone());
		Started started = IdempotentStarts.start(body.options(),
				(options) -> (WorkflowHandle<?>) this.client.start(name, options, arguments));
		return Answer.Content.json(started.status(), WebJson.write(this.client.handle(started.id()).describe()))
			.withHeader("Location", RunPath.of(request.contextPath() + this.runs, started.id()));
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
