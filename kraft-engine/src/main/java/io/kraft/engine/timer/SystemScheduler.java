package io.kraft.engine.timer;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import io.kraft.engine.supervision.EngineThreads;
import io.kraft.engine.supervision.SafeLog;
import io.kraft.engine.supervision.Supervision;
import io.kraft.engine.supervision.VitalThread;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls tasks on one daemon thread, by a clock that may be set meanwhile.
 * <p>
 * The thread never waits longer than a second before it looks at the clock again: a wait
 * is measured in elapsed time and would not notice that the wall clock jumped. Tasks are
 * kept in order of their due time, those of the same time in the order in which they
 * came; scheduling and cancelling cost O(log n), and a cancelled task leaves nothing
 * behind. A task that throws is logged, and the others continue.
 */
public final class SystemScheduler implements Scheduler {

	private static final Logger log = LoggerFactory.getLogger(SystemScheduler.class);

	private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

	private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);

	private final InstantSource clock;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private final TreeSet<Task> tasks = new TreeSet<>(Task.ORDER);

	private final Thread thread;

	private long tasksScheduled;

	private boolean closed;

	/**
	 * A scheduler without supervision.
	 */
	public SystemScheduler(InstantSource clock) {
		this.clock = clock;
		this.thread = EngineThreads.ofCaller().platform(VitalThread.SCHEDULER.threadName(), this::run);
		this.thread.start();
	}

	/**
	 * A scheduler whose thread is supervised.
	 */
	public SystemScheduler(InstantSource clock, Supervision supervision) {
		this.clock = clock;
		this.thread = supervision.thread(VitalThread.SCHEDULER, this::run);
		this.thread.start();
	}

	/**
	 * {@inheritDoc} After {@link #close()} the task is dropped.
	 */
	@Override
	public Scheduled schedule(Instant dueAt, Runnable action) {
		this.lock.lock();
		try {
			Task task = new Task(dueAt, this.tasksScheduled++, action);
			if (!this.closed) {
				this.tasks.add(task);
				if (task.equals(this.tasks.first())) {
					this.changed.signal();
				}
			}
			return () -> cancel(task);
		}
		finally {
			this.lock.unlock();
		}
	}

	private void cancel(Task task) {
		this.lock.lock();
		try {
			this.tasks.remove(task);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * {@inheritDoc} Waits a moment for a task that is being called, unless it is the
	 * caller.
	 */
	@Override
	public void close() {
		this.lock.lock();
		try {
			this.closed = true;
			this.tasks.clear();
			this.changed.signal();
		}
		finally {
			this.lock.unlock();
		}
		if (!Thread.currentThread().equals(this.thread)) {
			try {
				this.thread.join(LONGEST_CLOSE);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private void run() {
		Task task = next();
		while (task != null) {
			try {
				task.action().run();
			}
			catch (Throwable ex) {
				SafeLog.error(log, "A task that was due failed; the scheduler continues", ex);
			}
			task = next();
		}
	}

	/** Waits for the next due task; null when closed. */
	private @Nullable Task next() {
		this.lock.lock();
		try {
			while (!this.closed) {
				Duration wait = untilNext();
				if (!wait.isPositive()) {
					return this.tasks.pollFirst();
				}
				try {
					this.changed.await(wait.toNanos(), TimeUnit.NANOSECONDS);
				}
				catch (InterruptedException ex) {
					// A task interrupted its own thread: that ends a wait, not the
					// scheduler.
				}
			}
			return null;
		}
		finally {
			this.lock.unlock();
		}
	}

	private Duration untilNext() {
		if (this.tasks.isEmpty()) {
			return LONGEST_WAIT;
		}
		Instant now = this.clock.instant();
		Instant dueAt = this.tasks.first().dueAt();
		// A distant due time cannot be expressed as a number of nanoseconds.
		return dueAt.isAfter(now.plus(LONGEST_WAIT)) ? LONGEST_WAIT : Duration.between(now, dueAt);
	}

	/**
	 * What to call, and when.
	 *
	 * @param number the order in which tasks came
	 */
	private record Task(Instant dueAt, long number, Runnable action) {

		static final Comparator<Task> ORDER = Comparator.comparing(Task::dueAt).thenComparingLong(Task::number);

	}

}
