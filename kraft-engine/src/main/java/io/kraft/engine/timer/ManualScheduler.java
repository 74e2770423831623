package io.kraft.engine.timer;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * A clock that stands still until a test moves it, and the scheduler that follows it.
 * Thread-safe; tasks are called by the thread that moves the clock, one after another.
 * <p>
 * Upkeep tasks are called wherever the clock is moved to, before other tasks that are due
 * there, and are no reason to stop on the way: a month has some ten thousand of them.
 */
public final class ManualScheduler implements Scheduler, InstantSource {

	/** Where the clock starts. */
	public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

	private final TreeSet<Task> tasks = new TreeSet<>(Task.ORDER);

	private final TreeSet<Task> upkeep = new TreeSet<>(Task.ORDER);

	private Instant now;

	private long tasksScheduled;

	private boolean closed;

	/**
	 * A clock that shows {@link #START}.
	 */
	public ManualScheduler() {
		this(START);
	}

	/**
	 * A clock that shows a time.
	 */
	public ManualScheduler(Instant start) {
		this.now = start;
	}

	@Override
	public synchronized Instant instant() {
		return this.now;
	}

	/**
	 * {@inheritDoc} A task that is due already is called by the next {@link #advance},
	 * which may be one of zero.
	 */
	@Override
	public Scheduled schedule(Instant dueAt, Runnable action) {
		return add(this.tasks, dueAt, action);
	}

	@Override
	public Scheduled scheduleUpkeep(Instant dueAt, Runnable action) {
		return add(this.upkeep, dueAt, action);
	}

	private synchronized Scheduled add(Set<Task> tasks, Instant dueAt, Runnable action) {
		Task task = new Task(dueAt, this.tasksScheduled++, action);
		if (!this.closed) {
			tasks.add(task);
		}
		return () -> cancel(tasks, task);
	}

	private synchronized void cancel(Set<Task> tasks, Task task) {
		tasks.remove(task);
	}

	/**
	 * When the next task is due, upkeep tasks aside; empty if none waits.
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
			keepUp();
			task.action().run();
		}
		keepUp();
	}

	/** What it schedules again is called after the clock has moved on. */
	private void keepUp() {
		List<Task> due;
		synchronized (this) {
			due = this.upkeep.stream().takeWhile((task) -> !task.dueAt().isAfter(this.now)).toList();
			this.upkeep.removeAll(due);
		}
		due.forEach((task) -> task.action().run());
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
		this.upkeep.clear();
	}

	private record Task(Instant dueAt, long number, Runnable action) {

		static final Comparator<Task> ORDER = Comparator.comparing(Task::dueAt).thenComparingLong(Task::number);

	}

}
