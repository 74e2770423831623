package io.kraft.engine.timer;

import java.time.Instant;

import io.kraft.engine.supervision.Supervision;
import io.kraft.engine.supervision.VitalThread;

/**
 * A scheduler whose tasks are those of an engine: one that throws fails the engine,
 * because what it was to do is not done. The scheduler that calls the tasks does not see
 * it.
 */
public final class SupervisedScheduler implements Scheduler {

	private final Scheduler scheduler;

	private final Supervision supervision;

	public SupervisedScheduler(Scheduler scheduler, Supervision supervision) {
		this.scheduler = scheduler;
		this.supervision = supervision;
	}

	@Override
	public Scheduled schedule(Instant dueAt, Runnable task) {
		return this.scheduler.schedule(dueAt, this.supervision.guarded(VitalThread.SCHEDULER, task));
	}

	@Override
	public Scheduled scheduleUpkeep(Instant dueAt, Runnable task) {
		return this.scheduler.scheduleUpkeep(dueAt, this.supervision.guarded(VitalThread.SCHEDULER, task));
	}

	@Override
	public void close() {
		this.scheduler.close();
	}

}
