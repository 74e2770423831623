package io.kraft.engine.definition;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

import io.kraft.workflow.CatchUp;
import io.kraft.workflow.Overlap;
import org.jspecify.annotations.Nullable;

/**
 * A schedule as the engine knows it.
 *
 * @param name by which its state is kept, and its runs are named; unique
 * @param workflow name of the workflow that it starts, in the highest version
 * @param description its fire times, for display; another one begins the schedule anew
 * @param zone in which the description is read
 * @param fireTimes its fire times
 * @param catchUp what happens to misfires
 * @param overlap what happens at a fire time while the run of the previous one has not
 * ended
 */
public record ScheduleDefinition(String name, String workflow, String description, ZoneId zone, FireTimes fireTimes,
		CatchUp catchUp, Overlap overlap) {

	public ScheduleDefinition {
		if (name.isBlank()) {
			throw new IllegalArgumentException("A schedule has a name");
		}
	}

	/**
	 * A schedule with the name of its workflow whose fire times are the multiples of a
	 * period since 1970; it catches nothing up and skips overlapping runs.
	 * @param period in whole milliseconds, at least 1
	 */
	public static ScheduleDefinition every(String workflow, Duration period) {
		return new ScheduleDefinition(workflow, workflow, "every " + period, ZoneOffset.UTC, FireTimes.every(period),
				CatchUp.NONE, Overlap.SKIP);
	}

	/**
	 * The same schedule with another treatment of misfires.
	 */
	public ScheduleDefinition withCatchUp(CatchUp catchUp) {
		return new ScheduleDefinition(this.name, this.workflow, this.description, this.zone, this.fireTimes, catchUp,
				this.overlap);
	}

	/**
	 * The same schedule with another treatment of overlapping runs.
	 */
	public ScheduleDefinition withOverlap(Overlap overlap) {
		return new ScheduleDefinition(this.name, this.workflow, this.description, this.zone, this.fireTimes,
				this.catchUp, overlap);
	}

	/**
	 * Description and zone: what distinguishes this schedule from another one of the same
	 * name.
	 */
	public String plan() {
		return this.description + ", " + this.zone.getId();
	}

	/**
	 * The fire times of a schedule.
	 */
	@FunctionalInterface
	public interface FireTimes {

		/**
		 * The first fire time after an instant; null if no more follow. In whole
		 * milliseconds, always after the instant, and never earlier for a later instant.
		 */
		@Nullable Instant after(Instant instant);

		/**
		 * The newest fire time after an instant and not after another, found in a few
		 * dozen steps however many are between.
		 * @return null if there are none
		 */
		default @Nullable Instant newest(Instant after, Instant until) {
			Instant newest = after(after);
			if (newest == null || newest.isAfter(until)) {
				return null;
			}
			// No fire time is between this and the end of the range.
			Instant high = until;
			while (newest.isBefore(high)) {
				Instant middle = middle(newest, high);
				Instant found = after(middle);
				if (found != null && !found.isAfter(until)) {
					newest = found;
				}
				else {
					high = middle;
				}
			}
			return newest;
		}

		private static Instant middle(Instant low, Instant high) {
			return low.plusMillis(Duration.between(low, high).toMillis() / 2);
		}

		/**
		 * The multiples of a period since 1970-01-01T00:00Z.
		 * @param period in whole milliseconds, at least 1
		 */
		static FireTimes every(Duration period) {
			long millis = period.toMillis();
			if (millis < 1 || !Duration.ofMillis(millis).equals(period)) {
				throw new IllegalArgumentException(
						"A period is at least 1 ms, in whole milliseconds, but was " + period);
			}
			return (instant) -> {
				try {
					return Instant.ofEpochMilli(Math
						.multiplyExact(Math.addExact(Math.floorDiv(instant.toEpochMilli(), millis), 1L), millis));
				}
				catch (ArithmeticException ex) {
					return null;
				}
			};
		}

	}

}
