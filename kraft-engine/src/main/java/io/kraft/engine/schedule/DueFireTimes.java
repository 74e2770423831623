package io.kraft.engine.schedule;

import java.time.Duration;
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
 * overtaken are misfires, too. Where an engine that runs takes the schedule over, the
 * last minute counts as time in which it ran.
 */
final class DueFireTimes {

	/** How long a take-over may take, from the loss of the owner before. */
	private static final Duration TAKE_OVER = Duration.ofMinutes(1);

	private final ScheduleDefinition definition;

	/** Fire times up to here are misfires. */
	private Instant misfiresUntil = Instant.MIN;

	/** Fire times up to here, unless misfires, came while a run was waited for. */
	private Instant overlappedUntil = Instant.MIN;

	DueFireTimes(ScheduleDefinition definition) {
		this.definition = definition;
	}

	/**
	 * It fires from now on: what has passed is a misfire. Where misfires are skipped, one
	 * of the last minute is none at a take-over; where they are run, that one is too.
	 * @param takenOver whether the engine runs already
	 */
	void begin(Instant now, boolean takenOver) {
		boolean wouldBeLost = takenOver && this.definition.catchUp() == CatchUp.NONE;
		this.misfiresUntil = wouldBeLost ? now.minus(TAKE_OVER) : now;
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
