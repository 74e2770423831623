package io.kraft.engine.run;

import java.util.List;

import io.kraft.engine.run.AwaitedChildren.Child;

/**
 * Lets children begin in the places of the runs that wait for them. Thread-safe.
 */
public interface ChildTurns {

	/**
	 * A run waits for nothing but children: they may begin in its place. Called in the
	 * order in which it waits and continues; must not block.
	 */
	void waits(LoadedRun parent, List<Child> children);

	/**
	 * A run does not wait for children only any more; must not block.
	 */
	void continues(LoadedRun parent);

}
