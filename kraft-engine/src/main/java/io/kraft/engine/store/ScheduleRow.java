package io.kraft.engine.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

import org.jspecify.annotations.Nullable;

/**
 * What survives of a schedule. Immutable; instants in whole milliseconds.
 *
 * @param name of the schedule
 * @param plan its fire times, as text: a row of another plan is not continued
 * @param paused whether it is paused
 * @param recordedUntil nothing is to be done about fire times up to this instant,
 * inclusive
 * @param lastFireTime the last fire time that was recorded, as run or as skipped; null
 * before the first
 * @param lastRun the last fire time that was recorded as run; null before the first
 */
public record ScheduleRow(String name, String plan, boolean paused, Instant recordedUntil,
		@Nullable Instant lastFireTime, @Nullable Instant lastRun) {

	public ScheduleRow {
		recordedUntil = recordedUntil.truncatedTo(ChronoUnit.MILLIS);
	}

	/**
	 * A schedule that is seen for the first time: its fire times count from now on.
	 */
	public static ScheduleRow begin(String name, String plan, Instant now) {
		return new ScheduleRow(name, plan, false, now, null, null);
	}

	/**
	 * The row when the schedule has got another plan, whose fire times count from now on.
	 */
	public ScheduleRow replanned(String plan, Instant now) {
		return new ScheduleRow(this.name, plan, this.paused, now, this.lastFireTime, this.lastRun);
	}

	/**
	 * The row when a fire time has its run.
	 */
	public ScheduleRow ran(Instant fireTime) {
		return new ScheduleRow(this.name, this.plan, this.paused, fireTime, fireTime, fireTime);
	}

	/**
	 * The row when a fire time gets no run.
	 */
	public ScheduleRow skipped(Instant fireTime) {
		return new ScheduleRow(this.name, this.plan, this.paused, fireTime, fireTime, this.lastRun);
	}

	/**
	 * The row of a paused schedule.
	 */
	public ScheduleRow toPaused() {
		return new ScheduleRow(this.name, this.plan, true, this.recordedUntil, this.lastFireTime, this.lastRun);
	}

	/**
	 * The row of a resumed schedule, whose fire times count from now on.
	 */
	public ScheduleRow resumed(Instant now) {
		return new ScheduleRow(this.name, this.plan, false, now, this.lastFireTime, this.lastRun);
	}

}
