package io.kraft.spring.boot.autoconfigure.proxy;

import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;

import io.kraft.engine.call.DurableCalls;
import io.kraft.engine.definition.Compensation;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.operation.Proceed;
import io.kraft.engine.operation.StepBody;
import org.jspecify.annotations.Nullable;

/**
 * In place of the engine: writes down what comes and lets it go on.
 */
class RecordingCalls implements DurableCalls {

	final List<String> events = new CopyOnWriteArrayList<>();

	private final Deque<Undo> undos = new ConcurrentLinkedDeque<>();

	/** How often each step is attempted. */
	int attempts = 1;

	@Override
	public boolean isReplaying() {
		return false;
	}

	@Override
	public @Nullable Object step(StepDefinition step, @Nullable Object[] arguments, StepBody body) throws Throwable {
		this.events.add("step " + step.name() + Arrays.asList(arguments));
		for (int i = 1; i < this.attempts; i++) {
			body.call(arguments);
		}
		Object returned = body.call(arguments);
		if (step.compensation() != null) {
			Object value = step.resultStyle().await(returned);
			this.undos.push(new Undo(step.compensation(), Arrays.asList(arguments), value));
			return step.resultStyle().completed(value);
		}
		return returned;
	}

	/**
	 * Undoes the steps that have completed, the last first.
	 */
	void undo() throws Throwable {
		while (!this.undos.isEmpty()) {
			Undo undo = this.undos.pop();
			@Nullable Object[] arguments = undo.compensation().arguments().of(undo.arguments().toArray(), undo.value());
			this.events.add("undo " + undo.compensation().step().name() + Arrays.asList(arguments));
			undo.compensation().body().call(arguments);
		}
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

	@Override
	public String toString() {
		return "calls";
	}

	private record Undo(Compensation compensation, List<@Nullable Object> arguments, @Nullable Object value) {
	}

}
