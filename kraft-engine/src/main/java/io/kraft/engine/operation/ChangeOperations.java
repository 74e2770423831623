package io.kraft.engine.operation;

import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.journal.JournalEntry.OperationBegun;
import io.kraft.engine.journal.OperationKind;
import io.kraft.engine.journal.RecordedOperation;
import io.kraft.engine.run.Branch;
import io.kraft.engine.run.Branch.Operation;
import io.kraft.engine.run.ContinuedAsNew;
import io.kraft.engine.run.RunEnvironment;
import io.kraft.workflow.InvalidCallException;
import org.jspecify.annotations.Nullable;

/**
 * What lets runs continue with changed code: markers of the path that a run took, and a
 * fresh journal for a run that continues for ever.
 */
final class ChangeOperations {

	private ChangeOperations() {
	}

	/**
	 * Whether the branch takes the changed path. One that was past this point before the
	 * change has something else at this position, or nothing but what came later; the
	 * first answer counts for the branch.
	 */
	static boolean isPatched(Branch branch, String changeId) {
		branch.checkOutsideBody(OperationKind.PATCH.label());
		Boolean known = branch.patches().get(changeId);
		if (known != null) {
			return known;
		}
		boolean patched = mark(branch, changeId);
		branch.patches().put(changeId, patched);
		return patched;
	}

	private static boolean mark(Branch branch, String changeId) {
		RecordedOperation next = branch.run().replay().at(branch.next());
		boolean isMarked = next != null && next.kind() == OperationKind.PATCH && next.name().equals(changeId);
		if (next != null && !isMarked) {
			return false;
		}
		Operation operation = branch.begin(OperationKind.PATCH, changeId);
		if (operation.recorded() == null) {
			branch.run()
				.journal()
				.note(new OperationBegun(operation.position(), OperationKind.PATCH, changeId,
						branch.run().environment().now()));
		}
		return true;
	}

	/**
	 * Ends the code of the run.
	 * @return to be thrown
	 */
	static ContinuedAsNew continueAsNew(Branch branch, @Nullable Object[] arguments) {
		branch.begin(OperationKind.CONTINUE, "");
		if (!branch.isRoot()) {
			throw new InvalidCallException("run '" + branch.run().id() + "' asked to continue as new in a branch. "
					+ "Only the workflow's own code can: wait for the branches, and continue then. "
					+ "See docs/reference/errors.md#kraft-1008");
		}
		RunEnvironment environment = branch.run().environment();
		WorkflowDefinition latest = environment.definitions().workflows().latest(branch.run().definition().name());
		int parameters = latest.signature().parameterTypes().size();
		if (arguments.length != parameters) {
			throw new InvalidCallException("run '" + branch.run().id() + "' continues as new with " + arguments.length
					+ " arguments, but workflow '" + latest.name() + "' version " + latest.version() + " takes "
					+ parameters + ". See docs/reference/errors.md#kraft-1008");
		}
		return new ContinuedAsNew(latest,
				environment.payloads()
					.writeArguments(arguments, latest.signature().parameterTypes(),
							"the arguments of workflow '" + latest.name() + "'"));
	}

}
