package io.kraft.engine.operation;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;

import io.kraft.engine.journal.Payload;
import io.kraft.engine.journal.Position;
import io.kraft.engine.run.LoadedRun;
import io.kraft.engine.store.Change;
import org.jspecify.annotations.Nullable;

/**
 * The progress that the attempts of a step report: one value beside the journal, the
 * latest, for the next attempt to read. Thread-safe, because a body may hand its context
 * to threads of its own.
 * <p>
 * The reporting thread does not wait for the disk. At most one value waits for the
 * committer; a newer one takes its place, and the committer takes whichever is there when
 * its turn has come. So a step that reports often writes as often as the disk allows, and
 * what waits does not grow.
 * <p>
 * Only the attempt that runs may report. When it ends, that is closed before its outcome
 * is handed over: what a thread that it left behind reports later comes neither between
 * the values of the next attempt nor behind the end of the step. Crash: the value that
 * was durable is there, which is the last one reported or one a little before. It is
 * removed in the commit of the step's success; a step that has failed keeps it, because
 * its run may be retried.
 */
final class StepProgress {

	private final LoadedRun run;

	private final Position position;

	private final String stepName;

	private final ReentrantLock lock = new ReentrantLock();

	private final AtomicReference<@Nullable Payload> waiting = new AtomicReference<>();

	private @Nullable Payload latest;

	private @Nullable StepScope attempt;

	private boolean reported;

	StepProgress(LoadedRun run, Position position, String stepName) {
		this.run = run;
		this.position = position;
		this.stepName = stepName;
	}

	/**
	 * Under which the store keeps it. Code that has changed may have another step at this
	 * position. Made when it is needed: steps that are answered from the journal have no
	 * use for it.
	 */
	private String key() {
		return this.run.place(this.position) + "\n" + this.stepName;
	}

	/**
	 * From now on this attempt may report.
	 */
	void open(StepScope attempt) {
		admit(attempt);
	}

	/**
	 * From now on no attempt may report.
	 */
	void close() {
		admit(null);
	}

	private void admit(@Nullable StepScope attempt) {
		this.lock.lock();
		try {
			this.attempt = attempt;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * An attempt reports; has no effect if it has ended.
	 */
	@SuppressWarnings("ReferenceEquality") // This very attempt.
	void report(StepScope attempt, Payload progress) {
		this.lock.lock();
		try {
			if (this.attempt == attempt) {
				this.reported = true;
				this.latest = progress;
				if (this.waiting.getAndSet(progress) == null) {
					Change change = new Change.ProgressReported(this.run.number(), key(), progress);
					if (!this.run.journal().submitLate(this::takeWaiting, change.sizeBytes())) {
						// The run has ended without this attempt, which may not report
						// any more.
						this.attempt = null;
					}
				}
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Without the lock: its holder may wait for room, which the committer makes. */
	private Change takeWaiting() {
		Payload progress = this.waiting.getAndSet(null);
		if (progress == null) {
			throw new IllegalStateException("Nothing waits of step " + key());
		}
		return new Change.ProgressReported(this.run.number(), key(), progress);
	}

	/**
	 * What was reported last, by this attempt or by one before it; null if nothing.
	 */
	@Nullable Payload last() {
		this.lock.lock();
		try {
			if (this.latest == null) {
				this.latest = this.run.environment().partition().store().progress(this.run.number(), key());
				this.reported |= this.latest != null;
			}
			return this.latest;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * What goes with the record of the step's success.
	 */
	Change[] forgotten() {
		this.lock.lock();
		try {
			return this.reported ? new Change[] { new Change.ProgressForgotten(this.run.number(), key()) }
					: new Change[0];
		}
		finally {
			this.lock.unlock();
		}
	}

}
