package io.kraft.engine.run;

import java.util.List;

import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.run.AwaitedChildren.Child;
import io.kraft.engine.run.Branch.Operation;
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
	 * A run waits for nothing but children: they may begin in its place. Called in the
	 * order in which it waits and continues; must not block.
	 */
	void waits(LoadedRun parent, List<Child> children);

	/**
	 * A run does not wait for children only any more; must not block.
	 */
	void continues(LoadedRun parent);

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
