package io.kraft.engine.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

import org.jspecify.annotations.Nullable;

/**
 * What survives of a schedule. Immutable; instants in whole milliseconds.
 *
 * @param name of the schedule
 * @param plan when it ticks, as text: a row of another plan is not continued
 * @param paused whether it rests
 * @param settledUntil nothing is to be done about ticks up to this instant, inclusive
 * @param lastTick the last tick that was recorded, as run or as skipped; null before the
 * first
 * @param lastRun the last tick that was recorded as run; null before the first
 */
public record ScheduleRow(String name, String plan, boolean paused, Instant settledUntil, @Nullable Instant lastTick,
		@Nullable Instant lastRun) {

	public ScheduleRow {
		settledUntil = settledUntil.truncatedTo(ChronoUnit.MILLIS);
	}

	/**
	 * A schedule that is there for the first time: its ticks count from now on.
	 */
	public static ScheduleRow begin(String name, String plan, Instant now) {
		return new ScheduleRow(name, plan, false, now, null, null);
	}

	/**
	 * The row when the schedule has got another plan, whose ticks count from now on.
	 */
	public ScheduleRow replanned(String plan, Instant now) {
		return new ScheduleRow(this.name, plan, this.paused, now, this.lastTick, this.lastRun);
	}

	/**
	 * The row when a tick has its run.
	 */
	public ScheduleRow ran(Instant tick) {
		return new ScheduleRow(this.name, this.plan, this.paused, tick, tick, tick);
	}

	/**
	 * The row when a tick gets no run.
	 */
	public ScheduleRow skipped(Instant tick) {
		return new ScheduleRow(this.name, this.plan, this.paused, tick, tick, this.lastRun);
	}

	/**
	 * The row of a schedule that rests.
	 */
	public ScheduleRow resting() {
		return new ScheduleRow(this.name, this.plan, true, this.settledUntil, this.lastTick, this.lastRun);
	}

	/**
	 * The row of a schedule that goes on, with what comes after now.
	 */
	public ScheduleRow resumed(Instant now) {
		return new ScheduleRow(this.name, this.plan, false, now, this.lastTick, this.lastRun);
	}

}
