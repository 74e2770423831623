package io.kraft.engine.schedule;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import io.kraft.engine.supervision.Supervision;
import io.kraft.engine.supervision.VitalExecutor;
import io.kraft.engine.supervision.VitalThread;
import io.kraft.engine.supervision.WorkInFlight;

/**
 * The thread on which fire times are recorded: that blocks, so that the scheduler's
 * thread must not do it. It begins with the first fire time and does nothing after the
 * stop.
 */
final class ScheduleWorker implements Executor {

	private final VitalExecutor thread;

	private final Executor counted;

	/**
	 * A worker without tasks.
	 * @param supervision of the thread
	 * @param work counts its tasks
	 */
	ScheduleWorker(Supervision supervision, WorkInFlight work) {
		this.thread = new VitalExecutor(supervision, VitalThread.SCHEDULES);
		this.counted = work.counting(this.thread);
	}

	/**
	 * {@inheritDoc} Dropped after the stop.
	 */
	@Override
	public void execute(Runnable task) {
		try {
			this.counted.execute(() -> {
				if (!isStopped()) {
					task.run();
				}
			});
		}
		catch (RejectedExecutionException ex) {
			// It has stopped.
		}
	}

	boolean isStopped() {
		return this.thread.isShutdown();
	}

	/**
	 * Does not wait for a task that is under way.
	 */
	void stop() {
		this.thread.shutdown();
	}

}
