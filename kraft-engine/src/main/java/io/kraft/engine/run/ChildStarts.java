package io.kraft.engine.run;

import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Position;
import io.kraft.engine.run.Branch.Operation;
import org.jspecify.annotations.Nullable;

/**
 * Starts the children of one run. Thread-safe.
 */
public interface ChildStarts {

	/**
	 * Starts a child, or finds the run that has its id, and records that; durable when it
	 * returns. Its end comes as a message to the parent.
	 * @param operation of the parent
	 */
	Started start(Operation operation, WorkflowDefinition workflow, @Nullable Object[] arguments);

	/**
	 * How a child has ended; null if it has not, or that comes as a message.
	 */
	@Nullable Outcome outcome(String childId);

	/**
	 * Asks for the cancellation of a child; durable when it returns. One that has ended
	 * stays as it is.
	 * @param position of the operation that has started it
	 * @throws RunUnwound if the engine stops
	 */
	void cancel(Position position, String childId);

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
