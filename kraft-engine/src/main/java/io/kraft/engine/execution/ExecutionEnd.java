package io.kraft.engine.execution;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

import io.kraft.engine.control.RetentionSweep;
import io.kraft.engine.lifecycle.ResultWaiters;
import io.kraft.engine.lifecycle.RunLoader;
import io.kraft.engine.partition.Partition;
import io.kraft.engine.run.LoadedRuns;
import io.kraft.engine.supervision.Supervision;
import io.kraft.engine.supervision.VitalExecutor;
import io.kraft.engine.timer.Timers;
import io.kraft.workflow.KraftException;

/**
 * The end of an execution: by a stop, or by a failure, after which it takes no work and
 * is still to be stopped. Thread-safe.
 */
final class ExecutionEnd {

	private static final Duration AFTER_CUT_OFF = Duration.ofMillis(500);

	private final Partition partition;

	private final Intake intake;

	private final Timers timers;

	private final RetentionSweep sweep;

	private final RunLoader loader;

	private final LoadedRuns loadedRuns;

	private final ResultWaiters waiters;

	private final VitalExecutor reader;

	private final ReentrantLock lock = new ReentrantLock();

	ExecutionEnd(Partition partition, Intake intake, Timers timers, RetentionSweep sweep, RunLoader loader,
			LoadedRuns loadedRuns, ResultWaiters waiters, VitalExecutor reader) {
		this.partition = partition;
		this.intake = intake;
		this.timers = timers;
		this.sweep = sweep;
		this.loader = loader;
		this.loadedRuns = loadedRuns;
		this.waiters = waiters;
		this.reader = reader;
	}

	/**
	 * From now on, a failure ends the execution.
	 */
	void followFailure() {
		Supervision supervision = this.partition.supervision();
		supervision.whenFailed(this.intake::fail);
		supervision.whenFailed((cause) -> this.sweep.stop());
		supervision.whenFailed((cause) -> this.timers.stop());
		supervision.whenFailed((cause) -> this.loader.cease());
		supervision.whenFailed((cause) -> this.loadedRuns.unwindAll());
		supervision.whenFailed((cause) -> failWaiters());
	}

	/**
	 * On a thread of its own: what the waiters do then may block, and may even stop the
	 * engine.
	 */
	private void failWaiters() {
		KraftException failure = this.intake.cause();
		// Made here, where it is tried again if there is no memory for it.
		Runnable close = () -> this.waiters.close(failure);
		this.partition.supervision().threads().virtual("kraft-failure", () -> Supervision.untilDone(close)).start();
	}

	/**
	 * Takes no work, lets steps that run finish within the patience, and then closes the
	 * partition.
	 * @param patience zero stops immediately, as a crash would
	 */
	void stop(Duration patience) {
		this.lock.lock();
		try {
			this.intake.stop();
			if (patience.isZero()) {
				this.partition.abandon();
			}
			this.sweep.stop();
			this.timers.stop();
			this.loader.stop();
			this.loadedRuns.unwindAll();
			if (!this.loadedRuns.awaitNone(this.intake.hasFailed() ? Duration.ZERO : patience)) {
				this.loadedRuns.cutOffAll();
				this.loadedRuns.awaitNone(AFTER_CUT_OFF);
			}
			this.waiters.close(this.intake.cause());
			this.reader.shutdown();
			this.partition.close();
		}
		finally {
			this.lock.unlock();
		}
	}

}
