package io.kraft.engine.timer;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * A clock that stands still until a test moves it, and the scheduler that goes by it.
 * Thread-safe; tasks are called by the thread that moves the clock, one after another.
 */
public final class ManualScheduler implements Scheduler, InstantSource {

	/** Where the clock starts. */
	public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

	private final TreeSet<Task> tasks = new TreeSet<>(Task.ORDER);

	private Instant now = START;

	private long tasksScheduled;

	private boolean closed;

	@Override
	public synchronized Instant instant() {
		return this.now;
	}

	/**
	 * {@inheritDoc} A task that is due already is called by the next {@link #advance},
	 * which may be one of zero.
	 */
	@Override
	public synchronized Scheduled schedule(Instant dueAt, Runnable action) {
		Task task = new Task(dueAt, this.tasksScheduled++, action);
		if (!this.closed) {
			this.tasks.add(task);
		}
		return () -> cancel(task);
	}

	private synchronized void cancel(Task task) {
		this.tasks.remove(task);
	}

	/**
	 * When the next task is due; empty if none waits.
	 */
	public synchronized Optional<Instant> nextDue() {
		return this.tasks.isEmpty() ? Optional.empty() : Optional.of(this.tasks.first().dueAt());
	}

	/**
	 * Moves the clock forwards and calls what becomes due.
	 * @param duration zero or more
	 */
	public void advance(Duration duration) {
		advanceTo(instant().plus(duration));
	}

	/**
	 * Moves the clock forwards and calls what becomes due, in order, each with the clock
	 * at its due time; also what such tasks schedule, if it is due within that time.
	 * @param target not before the clock
	 */
	public void advanceTo(Instant target) {
		if (target.isBefore(instant())) {
			throw new IllegalArgumentException("the clock shows " + instant() + " and cannot go back to " + target);
		}
		for (Task task = nextUntil(target); task != null; task = nextUntil(target)) {
			task.action().run();
		}
	}

	private synchronized @Nullable Task nextUntil(Instant target) {
		if (this.tasks.isEmpty() || this.tasks.first().dueAt().isAfter(target)) {
			// A task may have moved the clock further.
			this.now = target.isAfter(this.now) ? target : this.now;
			return null;
		}
		Task task = this.tasks.pollFirst();
		this.now = task.dueAt().isAfter(this.now) ? task.dueAt() : this.now;
		return task;
	}

	@Override
	public synchronized void close() {
		this.closed = true;
		this.tasks.clear();
	}

	private record Task(Instant dueAt, long number, Runnable action) {

		static final Comparator<Task> ORDER = Comparator.comparing(Task::dueAt).thenComparingLong(Task::number);

	}

}
