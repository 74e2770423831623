package io.kraft.engine.schedule;

import java.time.Instant;
import java.util.function.BooleanSupplier;

import io.kraft.engine.definition.ScheduleDefinition;
import io.kraft.engine.definition.ScheduleDefinition.FireTimes;
import io.kraft.workflow.CatchUp;
import io.kraft.workflow.Overlap;
import org.jspecify.annotations.Nullable;

/**
 * Which fire time of a schedule is due, and what is to be done with it. Not thread-safe.
 * <p>
 * A fire time is a misfire if it passed before the start of the engine. While the engine
 * runs, the newest fire time is on time, however late it is noticed; those that it has
 * overtaken are misfires, too.
 */
final class DueFireTimes {

	private final ScheduleDefinition definition;

	/** Fire times up to here are misfires. */
	private Instant misfiresUntil = Instant.MIN;

	/** Fire times up to here, unless misfires, came while a run was waited for. */
	private Instant overlappedUntil = Instant.MIN;

	DueFireTimes(ScheduleDefinition definition) {
		this.definition = definition;
	}

	/**
	 * The engine has started: what has passed is a misfire.
	 */
	void begin(Instant now) {
		this.misfiresUntil = now;
	}

	/**
	 * A misfire has waited for the run before until now.
	 */
	void haveWaited(Instant now) {
		this.overlappedUntil = now;
	}

	/**
	 * The fire time to record next; null if none is due. Unless each misfire is to be
	 * run, it is the newest one, and is recorded together with those before it.
	 * @param recorded fire times up to here are recorded
	 */
	@Nullable Instant next(Instant recorded, Instant now) {
		Instant first = fireTimes().after(recorded);
		if (first == null || first.isAfter(now)) {
			return null;
		}
		boolean misfire = isMisfire(first);
		if (this.definition.catchUp() != CatchUp.ALL) {
			boolean behind = misfire && this.misfiresUntil.isBefore(now);
			return fireTimes().newest(recorded, behind ? this.misfiresUntil : now);
		}
		if (!misfire && first.isAfter(this.overlappedUntil) && isOvertaken(first, now)) {
			this.misfiresUntil = now;
		}
		return first;
	}

	private boolean isOvertaken(Instant fireTime, Instant now) {
		Instant following = fireTimes().after(fireTime);
		return following != null && !following.isAfter(now);
	}

	/**
	 * What to do with a due fire time.
	 * @param isOpen whether the run before has not ended; asked where that counts
	 */
	Decision decide(Instant fireTime, BooleanSupplier isOpen) {
		boolean misfire = isMisfire(fireTime);
		if (misfire && this.definition.catchUp() == CatchUp.NONE) {
			return Decision.SKIP_MISFIRE;
		}
		if (this.definition.overlap() == Overlap.SKIP) {
			boolean open = isOpen.getAsBoolean();
			if (misfire && open) {
				return Decision.WAIT;
			}
			if (open || (!misfire && !fireTime.isAfter(this.overlappedUntil))) {
				return Decision.SKIP_OVERLAP;
			}
		}
		return Decision.RUN;
	}

	private boolean isMisfire(Instant fireTime) {
		return !fireTime.isAfter(this.misfiresUntil);
	}

	private FireTimes fireTimes() {
		return this.definition.fireTimes();
	}

	/**
	 * What to do with a fire time.
	 */
	enum Decision {

		/** Start its run. */
		RUN,

		/** It is too late for it. */
		SKIP_MISFIRE,

		/** The run before has not ended. */
		SKIP_OVERLAP,

		/** Until the run before has ended. */
		WAIT

	}

}
