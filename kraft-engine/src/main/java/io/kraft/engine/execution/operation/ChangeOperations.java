package io.kraft.engine.execution.operation;

import java.util.HashMap;
import java.util.Map;

import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.execution.run.Branch;
import io.kraft.engine.execution.run.ContinuedAsNew;
import io.kraft.engine.execution.run.RunEnvironment;
import io.kraft.engine.execution.run.Branch.Operation;
import io.kraft.engine.journal.JournalEntry.OperationBegun;
import io.kraft.engine.journal.OperationKind;
import io.kraft.engine.journal.RecordedOperation;
import io.kraft.workflow.InvalidCallException;
import org.jspecify.annotations.Nullable;

/**
 * What lets runs live with changes of their code: markers of the path that a run took,
 * and a fresh journal for a run that goes on for ever.
 */
final class ChangeOperations {

	private final Branch branch;

	private final Map<String, Boolean> patches = new HashMap<>();

	ChangeOperations(Branch branch) {
		this.branch = branch;
	}

	/**
	 * Whether the branch takes the changed path. One that was past this point before the
	 * change has something else at this position, or nothing but what came later; the
	 * first answer counts for the branch.
	 */
	boolean isPatched(String changeId) {
		this.branch.checkOutsideBody(OperationKind.PATCH.label());
		return this.patches.computeIfAbsent(changeId, this::mark);
	}

	private boolean mark(String changeId) {
		RecordedOperation next = this.branch.run().replay().at(this.branch.next());
		boolean isMarked = next != null && next.kind() == OperationKind.PATCH && next.name().equals(changeId);
		if (next != null && !isMarked) {
			return false;
		}
		Operation operation = this.branch.begin(OperationKind.PATCH, changeId);
		if (operation.recorded() == null) {
			this.branch.run()
				.journal()
				.note(new OperationBegun(operation.position(), OperationKind.PATCH, changeId,
						this.branch.run().environment().now()));
		}
		return true;
	}

	/**
	 * Ends the code of the run.
	 * @return to be thrown
	 */
	ContinuedAsNew continueAsNew(@Nullable Object[] arguments) {
		this.branch.begin(OperationKind.CONTINUE, "");
		if (!this.branch.isRoot()) {
			throw new InvalidCallException("run '" + this.branch.run().id() + "' asked to continue as new in a branch. "
					+ "Only the workflow's own code can: wait for the branches, and continue then. "
					+ "See docs/errors.md#kraft-1008");
		}
		RunEnvironment environment = this.branch.run().environment();
		WorkflowDefinition latest = environment.catalog().latest(this.branch.run().definition().name());
		int parameters = latest.signature().parameterTypes().size();
		if (arguments.length != parameters) {
			throw new InvalidCallException("run '" + this.branch.run().id() + "' continues as new with "
					+ arguments.length + " arguments, but workflow '" + latest.name() + "' version " + latest.version()
					+ " takes " + parameters + ". See docs/errors.md#kraft-1008");
		}
		return new ContinuedAsNew(latest,
				environment.payloads()
					.writeArguments(arguments, latest.signature().parameterTypes(),
							"the arguments of workflow '" + latest.name() + "'"));
	}

}
