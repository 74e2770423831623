package io.kraft.engine.execution.run;

import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.execution.run.Branch.Operation;
import io.kraft.engine.journal.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Starts the children of runs. Thread-safe.
 */
public interface ChildStarts {

	/**
	 * Starts a child, or finds the run that has its id, and records that; durable when it
	 * returns. Its end comes as a message to the parent.
	 * @param operation of the parent
	 */
	Started start(LoadedRun parent, Operation operation, WorkflowDefinition workflow, @Nullable Object[] arguments);

	/**
	 * How a child has ended; null if it has not.
	 */
	@Nullable Outcome outcome(String childId);

	/**
	 * Asks for the cancellation of a child; durable when it returns. One that has ended
	 * stays as it is.
	 * @throws RunUnwound if the engine stops
	 */
	void cancel(LoadedRun parent, String childId);

	/**
	 * A child.
	 *
	 * @param id its id
	 * @param ended how it has ended already, or why there is none; null if its end will
	 * come as a message
	 */
	record Started(String id, @Nullable Outcome ended) {
	}

}
