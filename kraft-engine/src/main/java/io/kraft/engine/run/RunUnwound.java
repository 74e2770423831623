package io.kraft.engine.run;

/**
 * Unwinds the stack of a run that does not continue here: because it is paused or
 * unloaded, or because the engine stops. An error, so that user code does not take it for
 * an exception of its own; without a stack trace, because it is never read.
 */
public final class RunUnwound extends Error {

	private static final long serialVersionUID = 1L;

	/**
	 * For the branch that the calling thread executes. Does not return if the code of
	 * that branch catches it again and again.
	 */
	static RunUnwound ofCaller() {
		Branch branch = Branch.current();
		if (branch != null) {
			branch.countUnwinding();
		}
		return new RunUnwound();
	}

	/**
	 * For a thread that brings something to a journal that is closed, perhaps within a
	 * decision: it is not kept there, but at its next operation.
	 */
	static RunUnwound ofWriter() {
		return new RunUnwound();
	}

	private RunUnwound() {
		super("This run does not continue here; do not catch this error", null, false, false);
	}

}
