package io.kraft.engine.schedule;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.kraft.engine.work.WorkInHand;

/**
 * The thread on which ticks are recorded: that blocks, so that the scheduler's thread
 * must not do it. It begins with the first tick and does nothing after the stop.
 */
final class ScheduleWorker implements Executor {

	private final ThreadPoolExecutor thread = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS,
			new LinkedBlockingQueue<>(), Thread.ofPlatform().name("kraft-schedules").daemon().factory());

	private final Executor counted;

	/**
	 * A worker without tasks.
	 * @param work is told of those that come
	 */
	ScheduleWorker(WorkInHand work) {
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
