package io.kraft.engine.operation;

import java.util.random.RandomGenerator;

import io.kraft.client.EnqueueOptions;
import io.kraft.client.RunIds;
import io.kraft.client.StartOptions;
import io.kraft.engine.definition.Definitions;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.journal.PayloadConverter;
import io.kraft.engine.observation.EngineObserver;
import io.kraft.engine.routing.StartCommand;
import io.kraft.engine.run.DerivedIds;
import io.kraft.engine.run.RandomUuids;
import io.kraft.engine.run.ReplayGuard;
import io.kraft.engine.run.RunLimits;
import io.kraft.workflow.InvalidCallException;
import io.kraft.workflow.UnknownWorkflowException;

/**
 * Makes commands of calls: encodes their arguments, takes the id that the workflow
 * chooses, unless one is given, and the trace of the calling thread. Nothing is started
 * by that. Thread-safe.
 */
public final class StartCommands {

	private final Definitions definitions;

	private final PayloadConverter payloads;

	private final RandomGenerator random;

	private final RunLimits limits;

	private final EngineObserver observer;

	/**
	 * Commands to the partitions that callers on a node reach.
	 * @param random draws ids; thread-safe
	 */
	public StartCommands(Definitions definitions, PayloadConverter payloads, RandomGenerator random, RunLimits limits,
			EngineObserver observer) {
		this.definitions = definitions;
		this.payloads = payloads;
		this.random = random;
		this.limits = limits;
		this.observer = observer;
	}

	/**
	 * The latest version of a workflow.
	 * @throws UnknownWorkflowException that has the known names, if there is none
	 */
	public WorkflowDefinition workflow(String name) {
		return this.definitions.workflows().latest(name);
	}

	/**
	 * Of a client's call; with an id, a random one unless it is given.
	 * @throws InvalidCallException in the code of a workflow
	 */
	public StartCommand ofClient(WorkflowCall call, StartOptions options) {
		ReplayGuard.check("workflow '" + call.workflow().name() + "' was started",
				"Call it, use startChild, or start it from a step");
		return named(of(call, options));
	}

	/**
	 * Of a call that is to be put into a queue; with an id.
	 * @throws InvalidCallException in the code of a workflow
	 */
	public StartCommand ofItem(String queue, StepCall call, EnqueueOptions options) {
		ReplayGuard.check("step '" + call.step().name() + "' was put into queue '" + queue + "'",
				"Call it, or put it into the queue from a step");
		WorkflowDefinition item = this.definitions.queues().item(queue, call.step().name());
		StartOptions start = StartOptions.defaults()
			.delay(options.delay())
			.priority(options.priority())
			.tags(options.tags());
		return named(of(new WorkflowCall(item, call.arguments()),
				(options.key() != null) ? start.id(idOf(item, options.key())) : start));
	}

	private static String idOf(WorkflowDefinition item, String key) {
		return DerivedIds.of(item.name(), ":" + RunIds.check("The key of a queue item", key));
	}

	private StartCommand named(StartCommand command) {
		return (command.id() != null) ? command : command.withFreshId(RandomUuids.next(this.random).toString());
	}

	/**
	 * Of a call in the code of a workflow.
	 */
	public StartCommand ofChild(WorkflowCall call) {
		return of(call, StartOptions.defaults());
	}

	private StartCommand of(WorkflowCall call, StartOptions options) {
		WorkflowDefinition workflow = call.workflow();
		this.limits.checkTags(options.tags());
		String id = (options.id() != null) ? options.id() : workflow.idOf().apply(call.arguments());
		return StartCommand.of(workflow,
				this.payloads.writeArguments(call.arguments(), workflow.signature().parameterTypes(),
						"the arguments of workflow '" + workflow.name() + "'"),
				(id != null) ? RunIds.check(id) : null,
				(options.timeout() != null) ? options.timeout() : workflow.timeout(), options.delay(),
				options.priority(), options.tags(), options.ifExists(), this.observer.traceContext(), null);
	}

}
