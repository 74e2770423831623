package io.kraft.engine.lifecycle;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.kraft.engine.admission.Admission;
import io.kraft.engine.routing.Completion;
import io.kraft.engine.run.LoadedRun;
import io.kraft.engine.run.LoadedRuns;
import io.kraft.engine.run.RunEnvironment;
import io.kraft.engine.run.Unwinding;
import io.kraft.engine.store.RunRow;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * The exit of a run from memory, on its own thread, when its code executes no more: gives
 * back what it held, and completes or wakes who is concerned. Thread-safe.
 */
public final class RunExits {

	private final RunEnvironment environment;

	private final LoadedRuns loadedRuns;

	private final Admission admission;

	private final ResultWaiters waiters;

	private final LoadQueue loads;

	/**
	 * The exits of an execution's runs.
	 */
	public RunExits(RunEnvironment environment, LoadedRuns loadedRuns, Admission admission, ResultWaiters waiters,
			LoadQueue loads) {
		this.environment = environment;
		this.loadedRuns = loadedRuns;
		this.admission = admission;
		this.waiters = waiters;
		this.loads = loads;
	}

	/**
	 * Lets a run exit.
	 * @param completion null if it has not ended
	 * @param pending its row, if it waits for its turn again
	 */
	void exit(LoadedRun run, @Nullable Completion completion, @Nullable RunRow pending) {
		if (leavesPlace(run)) {
			if (completion == null) {
				awaitDurable(run);
			}
			// Before it leaves: from then on it may be loaded again, and take a new one.
			this.admission.end(run.definition().name(), run.number());
		}
		run.replay().release();
		boolean isWoken = run.parking().leave();
		// Before it leaves: a waiter that comes from here on reads its row.
		List<CompletableFuture<Completion>> waiting = this.environment.ledger().decide(run.number(), (record) -> {
			run.journal().close();
			return (completion != null && isStill(completion, record.row())) ? this.waiters.take(run.number())
					: List.of();
		});
		isWoken |= this.loadedRuns.remove(run);
		giveUpPlaceIfOver(run);
		this.environment.slots().release();
		if (run.continuation().unwinding() instanceof Unwinding.Unloaded(var waitedFor)) {
			waitedFor.forEach(this.environment.timers()::add);
		}
		if (pending != null) {
			this.loads.expectPending(pending);
		}
		else if (isWoken || run.continuation().unwinding() instanceof Unwinding.Continued) {
			this.loads.wakeAfterLeaving(run.number());
		}
		waiting.forEach((waiter) -> waiter.complete(completion));
	}

	/** Waiters of a run that was retried meanwhile wait for its next completion. */
	private static boolean isStill(Completion completion, @Nullable RunRow latest) {
		return latest == null || latest.equals(completion.row());
	}

	/** The thread that has just ended it has found it in memory, and left that to it. */
	private void giveUpPlaceIfOver(LoadedRun run) {
		String workflow = run.definition().name();
		if (!this.admission.hasPlace(workflow, run.number())) {
			return;
		}
		try {
			this.environment.ledger().decide(run.number(), (record) -> {
				RunRow row = record.row();
				if (row == null || row.status().isTerminal()) {
					record.awaitDurable();
					this.admission.end(workflow, run.number());
				}
				return run;
			});
		}
		catch (KraftException ex) {
			// The engine has stopped: its places are counted anew at the next start.
		}
	}

	/**
	 * Its place may go to another partition, which would not wait for what it has been
	 * decided to be. One whose partition does not write any more keeps it in any case.
	 */
	private void awaitDurable(LoadedRun run) {
		if (!this.admission.hasPlace(run.definition().name(), run.number())) {
			return;
		}
		try {
			this.environment.ledger().decide(run.number(), (record) -> {
				record.awaitDurable();
				return run;
			});
		}
		catch (KraftException ex) {
			// Seen when the place is given back.
		}
	}

	private static boolean leavesPlace(LoadedRun run) {
		return run.continuation().isEnding() || run.continuation().unwinding() instanceof Unwinding.Paused
				|| (run.continuation().unwinding() instanceof Unwinding.Unloaded && run.definition().yieldsPlace());
	}

}
