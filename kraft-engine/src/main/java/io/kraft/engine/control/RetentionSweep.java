package io.kraft.engine.control;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import io.kraft.engine.ledger.RunChange;
import io.kraft.engine.partition.Commit;
import io.kraft.engine.run.RunEnvironment;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.timer.Scheduler.Scheduled;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * Removes finished runs when their retention is over, and answers that no caller asks for
 * any more: at the start and every minute, in commits of bounded size.
 */
public final class RetentionSweep {

	private static final Duration INTERVAL = Duration.ofMinutes(1);

	private static final int RUNS_PER_COMMIT = 500;

	private final RunEnvironment environment;

	private final RequestSweep requests;

	private final Executor reader;

	private final Consumer<KraftException> failureListener;

	private final ReentrantLock lock = new ReentrantLock();

	private volatile boolean stopped;

	private @Nullable Scheduled next;

	/** In the sweep that is under way; null in a fresh one. Used by the reader only. */
	private @Nullable RunRow lastRemoved;

	public RetentionSweep(RunEnvironment environment, RequestSweep requests, Executor reader,
			Consumer<KraftException> failureListener) {
		this.environment = environment;
		this.requests = requests;
		this.reader = reader;
		this.failureListener = failureListener;
	}

	public void start() {
		this.reader.execute(this::sweep);
	}

	/**
	 * Begins no further sweep; one that is under way ends soon.
	 */
	public void stop() {
		this.stopped = true;
		this.lock.lock();
		try {
			if (this.next != null) {
				this.next.cancel();
			}
		}
		finally {
			this.lock.unlock();
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
			boolean isMore = this.requests.sweep(this.environment.now());
			if (removeSome() || isMore) {
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

	private void scheduleNext() {
		this.lock.lock();
		try {
			if (!this.stopped) {
				this.next = this.environment.scheduler()
					.scheduleUpkeep(this.environment.now().plus(INTERVAL), this::sweepAgain);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/** The reader takes nothing more after the stop. */
	private void sweepAgain() {
		this.lock.lock();
		try {
			if (!this.stopped) {
				this.reader.execute(this::sweep);
			}
		}
		finally {
			this.lock.unlock();
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
		Commit last = null;
		for (RunRow row : expired) {
			Commit commit = remove(row);
			last = (commit != null) ? commit : last;
		}
		if (last != null) {
			last.await();
		}
		return expired.size() == RUNS_PER_COMMIT;
	}

	/** Unless it was retried, replaced or deleted meanwhile. */
	private @Nullable Commit remove(RunRow row) {
		return this.environment.ledger().<@Nullable Commit>decide(row.number(), (record) -> {
			record.awaitDurable();
			return row.equals(record.row()) ? record.commit(RunChange.removal()) : null;
		});
	}

}
