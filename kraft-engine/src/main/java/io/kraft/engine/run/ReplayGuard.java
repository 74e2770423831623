package io.kraft.engine.run;

import io.kraft.workflow.InvalidCallException;

/**
 * Refuses what changes something in the code of a workflow, where each replay would do it
 * again, also on a thread that this code has started. In the body of a step or of a side
 * effect it is allowed. Thread-safe.
 */
public final class ReplayGuard {

	private ReplayGuard() {
	}

	/**
	 * Checks that the calling thread does not execute the code of a workflow.
	 * @param what was done, as the beginning of a sentence
	 * @param instead what is to be done instead, as a sentence without its full stop
	 * @throws InvalidCallException if it does, or is a thread that such code has started
	 * and that is refused
	 */
	public static void check(String what, String instead) {
		Branch branch = Branch.current();
		if (branch == null) {
			OffThreadGuard.check(what);
		}
		else if (!branch.isInBody()) {
			throw new InvalidCallException(what + " by the code of run '" + branch.run().id()
					+ "', where a replay would do it again. " + instead + ". See docs/reference/errors.md#kraft-1008");
		}
	}

}
