package io.kraft.spring.boot.autoconfigure.proxy;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.execution.DurableCalls;
import io.kraft.engine.execution.operation.Proceed;
import org.jspecify.annotations.Nullable;

/**
 * In place of the engine: writes down what comes and lets it go on.
 */
class RecordingCalls implements DurableCalls {

	final List<String> events = new CopyOnWriteArrayList<>();

	/** How often each step is attempted. */
	int attempts = 1;

	@Override
	public @Nullable Object step(StepDefinition step, @Nullable Object[] arguments, Proceed proceed) throws Throwable {
		this.events.add("step " + step.name() + Arrays.asList(arguments));
		for (int i = 1; i < this.attempts; i++) {
			proceed.call();
		}
		return proceed.call();
	}

	@Override
	public @Nullable Object workflow(WorkflowDefinition workflow, @Nullable Object[] arguments, Proceed proceed)
			throws Throwable {
		this.events.add("workflow " + workflow.name() + Arrays.asList(arguments));
		return proceed.call();
	}

	void add(String event) {
		this.events.add(event);
	}

}
