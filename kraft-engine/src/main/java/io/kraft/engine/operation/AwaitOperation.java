package io.kraft.engine.operation;

import java.time.Duration;
import java.time.Instant;

import io.kraft.engine.journal.JournalEntry.WaitEnded;
import io.kraft.engine.journal.JournalEntry.WaitStarted;
import io.kraft.engine.journal.OperationKind;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.run.Branch;
import io.kraft.engine.run.Branch.Operation;
import io.kraft.engine.run.Instants;
import io.kraft.engine.run.LoadedRun;
import io.kraft.engine.run.RunEnvironment;
import io.kraft.engine.run.WaitCondition;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.Timer;
import io.kraft.workflow.WorkflowCancelledException;
import org.jspecify.annotations.Nullable;

/**
 * The wait of a run's code for a future of the run, for ever or up to a time.
 * <p>
 * What is recorded is that the code continued, and whether because the future was
 * complete or because the time was over; what the future has come to follows from the
 * journal of the branch or the child behind it. Crash before that is durable: the code
 * waits again, to the same time.
 */
final class AwaitOperation {

	private AwaitOperation() {
	}

	/**
	 * Waits.
	 * @param timeout null means for ever
	 * @return whether the future is complete
	 */
	static boolean await(Branch branch, RunFuture<?> future, @Nullable Duration timeout) {
		try {
			return awaitOrCancel(branch, future, timeout);
		}
		catch (WorkflowCancelledException ex) {
			future.cancelChildren();
			throw ex;
		}
	}

	private static boolean awaitOrCancel(Branch branch, RunFuture<?> future, @Nullable Duration timeout) {
		LoadedRun run = branch.run();
		RunEnvironment environment = run.environment();
		Operation operation = branch.begin(OperationKind.AWAIT, "");
		if (operation.completedBy() instanceof WaitEnded ended) {
			if (ended.outcome() != null) {
				branch.cancellation().shielded(() -> park(branch, future, null));
			}
			return ended.outcome() != null;
		}
		Timer timer = timer(run, operation, timeout);
		boolean done = park(branch, future, timer);
		Change[] changes = (timer != null) ? new Change[] { new Change.TimerRemoved(timer) } : new Change[0];
		if (!done) {
			branch.cancellation().checkNotRequested(operation, changes);
		}
		run.journal()
			.note(new WaitEnded(operation.position(), OperationKind.AWAIT, "",
					done ? new Outcome.Success(Payload.NULL) : null, environment.now()), changes);
		return done;
	}

	private static boolean park(Branch branch, RunFuture<?> future, @Nullable Timer timer) {
		LoadedRun run = branch.run();
		WaitCondition wait = WaitCondition.forSubject(future, future.message(), timer, future.description());
		Boolean done = run.parking().await(branch, wait, () -> {
			if (wait.message() != null) {
				run.childResults().drain();
			}
			return future.isDone() ? Boolean.TRUE : null;
		});
		return done != null;
	}

	private static @Nullable Timer timer(LoadedRun run, Operation operation, @Nullable Duration timeout) {
		Instant dueAt = (operation.recorded() != null) ? operation.recorded().dueAt() : null;
		if (dueAt == null && timeout != null) {
			RunEnvironment environment = run.environment();
			dueAt = Instants.ceiling(Instants.plus(environment.clock().instant(), timeout));
			run.journal()
				.note(new WaitStarted(operation.position(), OperationKind.AWAIT, "", dueAt, environment.now()),
						new Change.TimerSet(new Timer(dueAt, run.number(), operation.position())));
		}
		return (dueAt != null) ? new Timer(dueAt, run.number(), operation.position()) : null;
	}

}
