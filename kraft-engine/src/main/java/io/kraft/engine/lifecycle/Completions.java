package io.kraft.engine.lifecycle;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.kraft.client.WorkflowNotFoundException;
import io.kraft.engine.journal.JournalCodec;
import io.kraft.engine.journal.JournalEntry.RunEnded;
import io.kraft.engine.routing.Completion;
import io.kraft.engine.routing.StartedRun;
import io.kraft.engine.run.LoadedRun;
import io.kraft.engine.run.LoadedRuns;
import io.kraft.engine.run.MessageDelivery;
import io.kraft.engine.run.RunEnvironment;
import io.kraft.engine.run.Unwinding;
import io.kraft.engine.state.RunState;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.StorageException;
import io.kraft.engine.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * The completions of runs, for callers that wait for them. Thread-safe.
 */
public final class Completions {

	private final RunEnvironment environment;

	private final LoadedRuns loadedRuns;

	private final ResultWaiters waiters;

	private final AwaitedPauses awaitedPauses;

	/**
	 * The completions of an execution's runs.
	 */
	public Completions(RunEnvironment environment, LoadedRuns loadedRuns, ResultWaiters waiters) {
		this.environment = environment;
		this.loadedRuns = loadedRuns;
		this.waiters = waiters;
		this.awaitedPauses = new AwaitedPauses(environment.clock());
	}

	/**
	 * Completes when the run of an id has ended. A caller that gives it up cancels it.
	 * @throws WorkflowNotFoundException if the id is unknown
	 */
	public CompletableFuture<Completion> of(String id) {
		LoadedRun loaded = this.loadedRuns.find(id);
		long number = (loaded != null && !isLeaving(loaded)) ? loaded.number() : numberOf(id);
		while (true) {
			try {
				return of(new StartedRun(id, number));
			}
			catch (WorkflowNotFoundException ex) {
				// Another run may have replaced it.
				long other = numberOf(id);
				if (other == number) {
					throw ex;
				}
				number = other;
			}
		}
	}

	private long numberOf(String id) {
		return this.environment.delivery().target(id).number();
	}

	/**
	 * Completes when the run has ended. A caller that gives it up cancels it.
	 * @throws WorkflowNotFoundException if it was removed
	 */
	public CompletableFuture<Completion> of(StartedRun run) {
		CompletableFuture<Completion> completion = this.waiters.await(run.number());
		// Of the future itself: what depends on it may be cancelled without it.
		var unused = completion.whenComplete((value, failure) -> this.waiters.forget(run.number(), completion));
		// The future first: a run that ends between the checks is seen by one of them.
		// One that executes here announces itself, and is not looked up: the caller may
		// be a virtual thread, which a read would pin.
		try {
			LoadedRun loaded = this.loadedRuns.find(run.number());
			Completion before = (loaded == null || isLeaving(loaded)) ? read(run) : null;
			if (before != null) {
				completion.complete(before);
			}
		}
		catch (Throwable ex) {
			completion.cancel(false);
			throw ex;
		}
		return completion;
	}

	private static boolean isLeaving(LoadedRun run) {
		return run.journal().isClosed() || run.continuation().unwinding() instanceof Unwinding.Paused;
	}

	/** Null if it has not ended, or is retried just now. */
	private @Nullable Completion read(StartedRun run) {
		RunRow row = row(run);
		if (row.state() instanceof RunState.Paused) {
			this.awaitedPauses.warn(row);
		}
		if (!row.status().isTerminal()) {
			return null;
		}
		byte[] last = store().lastEntry(run.number());
		if (last != null && JournalCodec.decode(last) instanceof RunEnded ended) {
			return new Completion(row, ended.outcome());
		}
		if (row(run).revision() != row.revision()) {
			return null;
		}
		throw new StorageException(StorageException.DAMAGED, "the journal of run '" + run.id()
				+ "', which has ended, does not hold its end. See docs/reference/errors.md#kraft-4003", null);
	}

	private RunRow row(StartedRun run) {
		return store().run(run.number()).orElseThrow(() -> MessageDelivery.notFound(run.id()));
	}

	private Store store() {
		return this.environment.partition().store();
	}

	/**
	 * Something is durable: warns of runs that were paused although a caller waits for
	 * them. Does not block.
	 */
	public void committed(List<Change> changes) {
		for (Change change : changes) {
			if (change instanceof Change.RunChanged(var before, var after) && after.state() instanceof RunState.Paused
					&& this.waiters.isAwaited(after.number())) {
				warnOfPause(after);
			}
		}
	}

	private void warnOfPause(RunRow row) {
		try {
			Runnable warn = this.environment.partition().work().counted(() -> this.awaitedPauses.warn(row));
			this.environment.partition().supervision().threads().virtual("kraft-awaited", warn).start();
		}
		catch (Throwable ex) {
			// No memory, or no thread: that costs a line in the log.
		}
	}

}
