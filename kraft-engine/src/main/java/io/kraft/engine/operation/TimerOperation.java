package io.kraft.engine.operation;

import java.time.Instant;

import io.kraft.engine.journal.JournalEntry.TimerFired;
import io.kraft.engine.journal.JournalEntry.TimerSet;
import io.kraft.engine.journal.OperationKind;
import io.kraft.engine.run.Branch;
import io.kraft.engine.run.Branch.Operation;
import io.kraft.engine.run.Instants;
import io.kraft.engine.run.LoadedRun;
import io.kraft.engine.run.RunEnvironment;
import io.kraft.engine.run.WaitCondition;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.Timer;

/**
 * A durable wait of the workflow's code.
 * <p>
 * Crash before the commit of the timer: the run asks again, and a new due time is chosen.
 * After it: the run is not loaded before the timer is due. After the timer has fired, but
 * before that is committed: it fires again.
 */
final class TimerOperation {

	private TimerOperation() {
	}

	static void sleepUntil(Branch branch, Instant wanted) {
		LoadedRun run = branch.run();
		RunEnvironment environment = run.environment();
		Operation operation = branch.begin(OperationKind.TIMER, "");
		if (operation.completedBy() != null) {
			return;
		}
		Instant recordedDue = (operation.recorded() != null) ? operation.recorded().dueAt() : null;
		Instant dueAt = (recordedDue != null) ? recordedDue : Instants.ceiling(wanted);
		Timer timer = new Timer(dueAt, run.number(), operation.position());
		if (recordedDue == null) {
			if (!environment.clock().instant().isBefore(dueAt)) {
				run.journal().note(new TimerFired(operation.position(), environment.now()));
				return;
			}
			run.journal()
				.note(new TimerSet(operation.position(), dueAt, environment.now()), new Change.TimerSet(timer));
		}
		run.parking().await(branch, WaitCondition.forTimer(timer), () -> null);
		// Also if the timer is due: the run's time may have been over long before.
		branch.cancellation().checkNotRequested(operation, new Change.TimerRemoved(timer));
		run.journal().append(new TimerFired(operation.position(), environment.now()), new Change.TimerRemoved(timer));
	}

}
