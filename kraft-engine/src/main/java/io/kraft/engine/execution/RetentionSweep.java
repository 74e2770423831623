package io.kraft.engine.execution;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import io.kraft.engine.execution.run.RunEnvironment;
import io.kraft.engine.partition.Commit;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.Store;
import io.kraft.engine.timer.Scheduler.Scheduled;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * Removes finished runs when their retention is over: at the start and every minute, in
 * commits of bounded size.
 */
final class RetentionSweep {

	private static final Duration INTERVAL = Duration.ofMinutes(1);

	private static final int RUNS_PER_COMMIT = 500;

	private final RunEnvironment environment;

	private final RunLoader loader;

	private final Executor reader;

	private final Consumer<KraftException> failureListener;

	private volatile boolean stopped;

	private @Nullable Scheduled next;

	/** In the sweep that is under way; null in a fresh one. Used by the reader only. */
	private @Nullable RunRow lastRemoved;

	RetentionSweep(RunEnvironment environment, RunLoader loader, Executor reader,
			Consumer<KraftException> failureListener) {
		this.environment = environment;
		this.loader = loader;
		this.reader = reader;
		this.failureListener = failureListener;
	}

	void start() {
		this.reader.execute(this::sweep);
	}

	/**
	 * Begins no further sweep; one that is under way ends soon.
	 */
	synchronized void stop() {
		this.stopped = true;
		if (this.next != null) {
			this.next.cancel();
		}
	}

	/**
	 * Removes a bounded number; when there are more, behind what else is to be read.
	 */
	private void sweep() {
		if (this.stopped) {
			return;
		}
		try {
			if (removeSome()) {
				sweepAgain();
				return;
			}
		}
		catch (KraftException ex) {
			this.failureListener.accept(ex);
			return;
		}
		scheduleNext();
	}

	private synchronized void scheduleNext() {
		if (!this.stopped) {
			this.next = this.environment.scheduler()
				.scheduleUpkeep(this.environment.now().plus(INTERVAL), this::sweepAgain);
		}
	}

	/** The reader takes nothing more after the stop. */
	private synchronized void sweepAgain() {
		if (!this.stopped) {
			this.reader.execute(this::sweep);
		}
	}

	private boolean removeSome() {
		List<RunRow> expired = this.environment.partition()
			.store()
			.expired(this.lastRemoved, this.environment.now(), RUNS_PER_COMMIT);
		this.lastRemoved = (expired.size() == RUNS_PER_COMMIT) ? expired.getLast() : null;
		if (expired.isEmpty()) {
			return false;
		}
		// Read here, so that neither the loader nor the committer need look.
		List<Change.RunRemoved> removals = expired.stream().map(this::removal).toList();
		this.loader.execute(() -> remove(removals)).await();
		return expired.size() == RUNS_PER_COMMIT;
	}

	private Change.RunRemoved removal(RunRow row) {
		return new Change.RunRemoved(row, this.environment.partition().store().journalLength(row.number()));
	}

	/** On the loader's thread, so that none of them is retried meanwhile. */
	private Commit remove(List<Change.RunRemoved> removals) {
		Store store = this.environment.partition().store();
		List<Change> changes = new ArrayList<>(removals.size());
		for (Change.RunRemoved removal : removals) {
			if (store.run(removal.row().number()).filter(removal.row()::equals).isPresent()) {
				changes.add(removal);
			}
		}
		return this.environment.partition().submit(changes);
	}

}
