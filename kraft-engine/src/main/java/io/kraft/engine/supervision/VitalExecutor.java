package io.kraft.engine.supervision;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One thread that the engine needs, and the tasks that wait for it, in their order. It
 * begins with the first task. A task that throws fails the engine, and nothing is
 * executed after it. Thread-safe.
 */
public final class VitalExecutor implements Executor {

	private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();

	private final ReentrantLock lock = new ReentrantLock();

	private final Thread thread;

	private boolean started;

	private volatile boolean shutdown;

	public VitalExecutor(Supervision supervision, VitalThread vital) {
		this.thread = supervision.thread(vital, this::run);
	}

	/**
	 * {@inheritDoc}
	 * @throws RejectedExecutionException after the shutdown
	 */
	@Override
	public void execute(Runnable task) {
		this.lock.lock();
		try {
			if (this.shutdown) {
				throw new RejectedExecutionException(this.thread.getName() + " accepts no more tasks");
			}
			if (!this.started) {
				this.thread.start();
				this.started = true;
			}
			this.tasks.add(task);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Accepts no more tasks; those that were accepted are executed. Does not wait.
	 */
	public void shutdown() {
		this.lock.lock();
		try {
			if (!this.shutdown) {
				this.shutdown = true;
				this.tasks.add(() -> {
					// Wakes the thread.
				});
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	public boolean isShutdown() {
		return this.shutdown;
	}

	private void run() {
		while (!this.shutdown || !this.tasks.isEmpty()) {
			next().run();
		}
	}

	private Runnable next() {
		while (true) {
			try {
				return this.tasks.take();
			}
			catch (InterruptedException ex) {
				// A task interrupted its own thread: that only ends a wait.
			}
		}
	}

}
