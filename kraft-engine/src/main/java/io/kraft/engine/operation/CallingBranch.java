package io.kraft.engine.operation;

import io.kraft.engine.run.Branch;
import io.kraft.engine.run.LoadedRun;
import io.kraft.workflow.InvalidCallException;
import io.kraft.workflow.WorkflowContext;

/**
 * The branch for which something of a run is used: that of the calling thread, wherever
 * the code got the thing from. Positions are the branch's own, so that a context or a
 * callback that was handed to another branch takes none of the first.
 */
final class CallingBranch {

	private CallingBranch() {
	}

	/**
	 * The branch that the calling thread executes.
	 * @param what is used, for people
	 * @throws io.kraft.workflow.NotInWorkflowException if the thread executes no run
	 * @throws InvalidCallException if it executes another run
	 */
	@SuppressWarnings("ReferenceEquality") // The very run in memory.
	static Branch of(LoadedRun run, String what) {
		// Throws on the thread of no run.
		String caller = WorkflowContext.current().workflowId();
		Branch branch = Branch.current();
		if (branch == null || branch.run() != run) {
			throw new InvalidCallException("run '" + caller + "' uses " + what + " of run '" + run.id() + "'. It "
					+ "belongs to the run that got it, for as long as that is in memory: send the other run a signal, "
					+ "or publish a value. See docs/reference/errors.md#kraft-1008");
		}
		return branch;
	}

}
