package io.kraft.engine.lifecycle;

import io.kraft.client.EnqueueOptions;
import io.kraft.client.RunIds;
import io.kraft.client.StartOptions;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.operation.StepCall;
import io.kraft.engine.operation.WorkflowCall;
import io.kraft.engine.run.DerivedIds;
import io.kraft.engine.run.RandomUuids;
import io.kraft.engine.run.ReplayGuard;
import io.kraft.engine.run.RunEnvironment;
import io.kraft.workflow.InvalidCallException;
import io.kraft.workflow.UnknownWorkflowException;

/**
 * Makes requests of calls: encodes their arguments, takes the id that the workflow
 * chooses, unless one is given, and the trace of the calling thread. Nothing is started
 * by that. Thread-safe.
 */
public final class StartRequests {

	private final RunEnvironment environment;

	/**
	 * Requests to an execution.
	 */
	public StartRequests(RunEnvironment environment) {
		this.environment = environment;
	}

	/**
	 * The latest version of a workflow.
	 * @throws UnknownWorkflowException that has the known names, if there is none
	 */
	public WorkflowDefinition workflow(String name) {
		return this.environment.definitions().workflows().latest(name);
	}

	/**
	 * Of a client's call.
	 * @throws InvalidCallException in the code of a workflow
	 */
	public StartRequest ofClient(WorkflowCall call, StartOptions options) {
		ReplayGuard.check("workflow '" + call.workflow().name() + "' was started",
				"Call it, use startChild, or start it from a step");
		return of(call, options);
	}

	/**
	 * Of a call that is to be put into a queue.
	 * @throws InvalidCallException in the code of a workflow
	 */
	public StartRequest ofItem(String queue, StepCall call, EnqueueOptions options) {
		ReplayGuard.check("step '" + call.step().name() + "' was put into queue '" + queue + "'",
				"Call it, or put it into the queue from a step");
		WorkflowDefinition item = this.environment.definitions().queues().item(queue, call.step().name());
		StartOptions start = StartOptions.defaults()
			.delay(options.delay())
			.priority(options.priority())
			.tags(options.tags());
		return of(new WorkflowCall(item, call.arguments()),
				(options.key() != null) ? start.id(idOf(item, options.key())) : start);
	}

	private static String idOf(WorkflowDefinition item, String key) {
		return DerivedIds.of(item.name(), ":" + RunIds.check("The key of a queue item", key));
	}

	/**
	 * With an id: its own, or a random one.
	 */
	public StartRequest withId(StartRequest request) {
		return (request.id() != null) ? request
				: request.withId(RandomUuids.next(this.environment.random()).toString());
	}

	/**
	 * Of a call in the code of a workflow.
	 */
	StartRequest ofChild(WorkflowCall call) {
		return of(call, StartOptions.defaults());
	}

	private StartRequest of(WorkflowCall call, StartOptions options) {
		RunEnvironment environment = this.environment;
		WorkflowDefinition workflow = call.workflow();
		environment.settings().limits().checkTags(options.tags());
		String id = (options.id() != null) ? options.id() : workflow.idOf().apply(call.arguments());
		return new StartRequest(workflow,
				environment.payloads()
					.writeArguments(call.arguments(), workflow.signature().parameterTypes(),
							"the arguments of workflow '" + workflow.name() + "'"),
				(id != null) ? RunIds.check(id) : null,
				(options.timeout() != null) ? options.timeout() : workflow.timeout(), options.delay(),
				options.priority(), options.tags(), options.ifExists(), environment.observer().traceContext(), null);
	}

}
