package io.kraft.workflow;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a method of a Spring bean a durable step: called in a run, its outcome is
 * journaled, and a replay returns that outcome instead of entering the method again. On a
 * type, every public method of it is a step.
 * <p>
 * Outside any run the method is called plainly; inside another step it is part of that
 * step.
 * <p>
 * The properties {@code kraft.steps.<name>.timeout} and {@code .retry.*} override the
 * annotation, each by itself.
 *
 * {@snippet class = "io.kraft.example.Payments" region = "step"}
 *
 * @since 0.1.0
 */
@Target({ ElementType.METHOD, ElementType.TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Step {

	/**
	 * Name recorded in the journal and compared on replay. Empty means
	 * {@code <BeanType>.<method>}.
	 */
	String name() default "";

	/**
	 * How failed attempts are repeated; what is not set comes from
	 * {@code kraft.defaults.step.retry.*}.
	 */
	Retry retry() default @Retry;

	/**
	 * Time-out of each attempt, such as {@code 30s}; the attempt's thread is interrupted
	 * and the attempt counts as failed. Empty means none.
	 */
	String timeout() default "";

	/**
	 * What is promised about the step's effect when the process crashes.
	 */
	Delivery delivery() default Delivery.AT_LEAST_ONCE;

	/**
	 * Name of a method of the same bean that compensates the step. It is called when the
	 * run fails, times out or is cancelled later, for steps that completed only; not when
	 * the run is terminated. It takes the step's arguments, followed by the step's
	 * result; either may be left out. It is itself a step: journaled, and retried as its
	 * own {@link Step} annotation defines, or {@code kraft.defaults.step.retry.*} if it
	 * has none. It may have any visibility. Empty means none.
	 */
	String compensation() default "";

}
