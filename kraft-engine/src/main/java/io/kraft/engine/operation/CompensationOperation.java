package io.kraft.engine.operation;

import java.util.ArrayList;
import java.util.List;

import io.kraft.engine.journal.JournalEntry.OperationBegun;
import io.kraft.engine.journal.OperationKind;
import io.kraft.engine.journal.failure.Failures;
import io.kraft.engine.run.Branch;
import io.kraft.engine.run.Branch.Operation;
import io.kraft.engine.run.CompensationStack;
import io.kraft.engine.run.LoadedRun;
import io.kraft.engine.run.RunUnwound;
import io.kraft.engine.run.Unrunnable;
import io.kraft.workflow.ThrowingRunnable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compensates what a run has done, when it fails, times out or is cancelled: by the
 * compensations of steps and what {@code onFailure} was given, the last first.
 * <p>
 * It is an operation of the run, and the compensations are operations below it: crash in
 * the middle, and the run replays to where it failed, and the compensation to where it
 * was.
 */
public final class CompensationOperation {

	private static final Logger logger = LoggerFactory.getLogger(CompensationOperation.class);

	private CompensationOperation() {
	}

	/**
	 * Registers code.
	 */
	static void onFailure(Branch branch, String name, ThrowingRunnable code) {
		LoadedRun run = branch.run();
		Operation operation = branch.begin(OperationKind.ON_FAILURE, name);
		int sequence = (operation.recorded() != null) ? operation.recorded().completedSequence() : run.journal()
			.note(new OperationBegun(operation.position(), OperationKind.ON_FAILURE, name, run.environment().now()));
		run.compensations().push(sequence, (parent) -> execute(parent, name, code));
	}

	/** With positions of its own, below that of its name. */
	private static void execute(Branch parent, String name, ThrowingRunnable code) throws Exception {
		Branch branch = begin(parent, name);
		branch.bind(new RunContext(branch));
		try {
			code.run();
			branch.run().continuation().check();
		}
		finally {
			parent.bind(new RunContext(parent));
		}
	}

	private static Branch begin(Branch branch, String name) {
		Operation operation = branch.begin(OperationKind.COMPENSATION, name);
		if (operation.recorded() == null) {
			LoadedRun run = branch.run();
			run.journal()
				.note(new OperationBegun(operation.position(), OperationKind.COMPENSATION, name,
						run.environment().now()));
		}
		return branch.below(operation.position());
	}

	/**
	 * Runs all compensations, as the last operation of a run. Cannot be cancelled.
	 * @return what failed for good
	 */
	public static List<Throwable> compensateAll(Branch root) {
		List<CompensationStack.Action> actions = root.run().compensations().takeAll();
		return actions.isEmpty() ? List.of() : root.cancellation().shielded(() -> compensateAll(root, actions));
	}

	private static List<Throwable> compensateAll(Branch root, List<CompensationStack.Action> actions) {
		LoadedRun run = root.run();
		Branch branch = begin(root, "");
		branch.bind(new RunContext(branch));
		List<Throwable> failures = new ArrayList<>();
		for (CompensationStack.Action action : actions) {
			try {
				action.compensate(branch);
			}
			catch (RunUnwound ex) {
				throw ex;
			}
			catch (Throwable ex) {
				run.continuation().checkNotCutOff(ex);
				Unrunnable.check(run, ex);
				run.continuation().check();
				logger.warn("A compensation of run '{}' failed: {}", run.id(), Failures.describe(ex));
				failures.add(ex);
			}
		}
		return failures;
	}

}
