package io.kraft.engine.run;

import io.kraft.engine.journal.failure.Failures;
import io.kraft.engine.ledger.IllegalTransitionException;
import io.kraft.workflow.UnrunnableWorkflowException;

/**
 * Failures of the machine and not of a workflow's code: they pause the run instead of
 * failing it.
 */
public final class Unrunnable {

	private Unrunnable() {
	}

	/**
	 * Pauses the run if this is such a failure.
	 * @throws RunUnwound in that case
	 */
	public static void check(LoadedRun run, Throwable failure) {
		if (isOfTheMachine(failure)) {
			throw run.continuation().pause(because(run, failure));
		}
	}

	/**
	 * Why the run is paused.
	 */
	public static UnrunnableWorkflowException because(LoadedRun run, Throwable cause) {
		return new UnrunnableWorkflowException("run '" + run.id() + "' cannot be executed here: "
				+ Failures.describe(cause)
				+ ". Fix the cause and restart: the run continues where it was. See docs/reference/errors.md#kraft-1009",
				cause, run.id());
	}

	/** A stack that overflows is the code's own doing. */
	private static boolean isOfTheMachine(Throwable failure) {
		return failure instanceof LinkageError || failure instanceof IllegalTransitionException
				|| (failure instanceof VirtualMachineError && !(failure instanceof StackOverflowError));
	}

}
