package io.kraft.engine.call;

import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.operation.Proceed;
import io.kraft.engine.operation.StepBody;
import org.jspecify.annotations.Nullable;

/**
 * The extension point at which calls of annotated methods enter the engine: a proxy hands
 * each call over and returns, or throws, what it gets. Thread-safe.
 */
public interface DurableCalls {

	/**
	 * A call of a step. In a run it is journaled, outside one (and inside another step)
	 * the method is called plainly.
	 * @param body calls the method; it may be called several times, each a further
	 * attempt with copies of the arguments
	 * @throws Throwable what the method throws, or the engine in its place
	 */
	@Nullable Object step(StepDefinition step, @Nullable Object[] arguments, StepBody body) throws Throwable;

	/**
	 * A call of a workflow: by the engine itself it calls the method, in the lambda of a
	 * start it is recorded, and else it starts a run (or attaches to it) and waits for
	 * its result.
	 * @throws Throwable what the method throws, or the engine in its place
	 */
	@Nullable Object workflow(WorkflowDefinition workflow, @Nullable Object[] arguments, Proceed proceed) throws Throwable;

	/**
	 * Whether the calling thread executes code of a workflow that has been there before:
	 * the journal holds the operation that it will ask for next.
	 */
	boolean isReplaying();

}
