package io.kraft.engine.schedule;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The thread on which ticks are recorded: that blocks, so that the scheduler's thread
 * must not do it. It begins with the first tick and does nothing after the stop.
 */
final class ScheduleWorker implements Executor {

	private final ThreadPoolExecutor thread = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS,
			new LinkedBlockingQueue<>(), Thread.ofPlatform().name("kraft-schedules").daemon().factory(),
			new ThreadPoolExecutor.DiscardPolicy());

	/**
	 * {@inheritDoc} Dropped after the stop.
	 */
	@Override
	public void execute(Runnable task) {
		this.thread.execute(() -> {
			if (!isStopped()) {
				task.run();
			}
		});
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
