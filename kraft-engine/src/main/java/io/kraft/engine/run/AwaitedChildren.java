package io.kraft.engine.run;

import java.util.stream.Stream;

/**
 * Subject of a wait that is over when children have ended. Thread-safe.
 */
public interface AwaitedChildren {

	/**
	 * Those that have not ended.
	 */
	Stream<Child> openChildren();

	/**
	 * A child.
	 *
	 * @param id of its run
	 * @param workflow that it is a run of
	 */
	record Child(String id, String workflow) {
	}

}
