package io.kraft.test.time;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

import io.kraft.engine.timer.ManualScheduler;
import io.kraft.engine.timer.Scheduler;

/**
 * The clock of a test environment: stands still until it is moved, and is reset for each
 * test. Thread-safe.
 */
public final class TestClock implements Scheduler, InstantSource {

	private volatile ManualScheduler time = new ManualScheduler();

	/**
	 * Back to the start. What was scheduled is dropped: nothing may be at work.
	 */
	public void reset() {
		this.time.close();
		this.time = new ManualScheduler();
	}

	@Override
	public Instant instant() {
		return this.time.instant();
	}

	@Override
	public Scheduled schedule(Instant dueAt, Runnable task) {
		return this.time.schedule(dueAt, task);
	}

	@Override
	public Scheduled scheduleUpkeep(Instant dueAt, Runnable task) {
		return this.time.scheduleUpkeep(dueAt, task);
	}

	Optional<Instant> nextDue() {
		return this.time.nextDue();
	}

	void advanceTo(Instant target) {
		this.time.advanceTo(target);
	}

	@Override
	public void close() {
		this.time.close();
	}

}
