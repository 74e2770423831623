package io.kraft.workflow;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Starts a run of a {@link Workflow} at each fire time, exactly one for each, whatever
 * crashes and restarts there are. Either {@link #cron} or {@link #every} defines the fire
 * times.
 * <p>
 * The method takes no parameter, or one {@link java.time.Instant}: the fire time. The
 * run's id is {@code <workflow name>@<fire time>}, such as
 * {@code nightly-report@2026-03-01T12:00:00Z}.
 *
 * {@snippet class = "io.kraft.example.OrderWorkflow" region = "schedule"}
 *
 * @since 0.1.0
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Schedule {

	/**
	 * The six fields of a Spring cron expression: second, minute, hour, day of the month,
	 * month, day of the week. A placeholder such as {@code ${report.cron}} is resolved; a
	 * {@code -} means no schedule.
	 */
	String cron() default "";

	/**
	 * The time between fire times, such as {@code 10m}, at least a millisecond. Fire
	 * times are its multiples since 1970-01-01T00:00Z. A placeholder is resolved.
	 */
	String every() default "";

	/**
	 * The time zone of {@link #cron}, such as {@code Europe/Berlin}. Empty means the
	 * system's. A placeholder is resolved.
	 */
	String zone() default "";

	/**
	 * What happens to misfires: fire times that passed while the application was down.
	 */
	CatchUp catchUp() default CatchUp.NONE;

	/**
	 * What happens at a fire time while the run of the previous one has not ended.
	 */
	Overlap overlap() default Overlap.SKIP;

}
