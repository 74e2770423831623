package io.kraft.engine.operation;

import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.journal.JournalEntry.ChildStarted;
import io.kraft.engine.journal.JournalEntry.WaitEnded;
import io.kraft.engine.journal.OperationKind;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.run.Branch;
import io.kraft.engine.run.Branch.Operation;
import io.kraft.engine.run.ChildStarts;
import io.kraft.engine.run.LoadedRun;
import io.kraft.engine.run.RunUnwound;
import org.jspecify.annotations.Nullable;

/**
 * A run that is started by another and whose end comes back to it.
 * <p>
 * The child's start and the parent's record of it are one commit, and so are the child's
 * end and the message that notifies the parent: crash before the first, and there is no
 * child; between them, and the child continues by itself; after the second, and the
 * parent finds the message in its inbox.
 */
public final class ChildOperation {

	private ChildOperation() {
	}

	/**
	 * Starts a child.
	 */
	static <T extends @Nullable Object> RunFuture<T> start(Branch branch, WorkflowCall call) {
		LoadedRun run = branch.run();
		WorkflowDefinition workflow = call.workflow();
		Operation operation = branch.begin(OperationKind.CHILD, workflow.name());
		if (operation.recorded() == null) {
			ChildStarts.Started started = branch.children().start(operation, workflow, call.arguments());
			return future(branch, operation, workflow, started.id(), started.ended());
		}
		String childId = (operation.recorded().first() instanceof ChildStarted started) ? started.childId() : "";
		ChildFuture<T> future = new ChildFuture<>(branch, operation.position(), workflow, childId);
		if (operation.completedBy() instanceof WaitEnded ended && ended.outcome() != null) {
			future.complete(ended.outcome());
			return future;
		}
		run.childResults().drain();
		future.expectMessage();
		// One that had the id already may have ended before it knew its subscriber.
		Outcome outcome = future.isDone() ? null : branch.children().outcome(childId);
		if (outcome != null) {
			future.record(outcome);
		}
		return future;
	}

	private static <T extends @Nullable Object> RunFuture<T> future(Branch branch, Operation operation,
			WorkflowDefinition workflow, String childId, @Nullable Outcome ended) {
		ChildFuture<T> future = new ChildFuture<>(branch, operation.position(), workflow, childId);
		if (ended != null) {
			future.record(ended);
		}
		else {
			future.expectMessage();
		}
		return future;
	}

	/**
	 * A child that is called as an ordinary method.
	 * @throws Throwable the child's own exception, if it can be restored
	 */
	public static @Nullable Object call(Branch branch, WorkflowCall call) throws Throwable {
		RunFuture<@Nullable Object> child = start(branch, call);
		try {
			return call.workflow().resultStyle().completed(child.await());
		}
		catch (RunUnwound ex) {
			throw ex;
		}
		catch (Throwable ex) {
			return call.workflow().resultStyle().failed(ex);
		}
	}

}
