package io.kraft.workflow;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a method of a Spring bean a durable workflow: a call is journaled before it is
 * answered, and survives a crash of the process. <b>A direct call of the method waits for
 * the end of the run</b>, which may take days; {@link io.kraft.client.RunStarts#start}
 * does not. On a type, every public method of it is a workflow.
 * <p>
 * The method must be deterministic: whatever depends on time, random numbers or the
 * outside world belongs in a {@link Step} or goes through the {@link WorkflowContext}.
 * <p>
 * The properties {@code kraft.workflows.<name>.timeout}, {@code .retention} and
 * {@code .max-concurrent} override the annotation, in all versions.
 *
 * {@snippet class = "io.kraft.example.OrderWorkflow" region = "workflow"}
 *
 * @since 0.1.0
 */
@Target({ ElementType.METHOD, ElementType.TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Workflow {

	/**
	 * Name of the workflow type, stable across refactorings when given. Empty means
	 * {@code <BeanType>.<method>}.
	 */
	String name() default "";

	/**
	 * Version of the code, at least 1. Several versions of one name may exist side by
	 * side: new runs take the highest, a run keeps the one it began with.
	 */
	int version() default 1;

	/**
	 * SpEL expression over the arguments (such as {@code #order.id}) that gives the run's
	 * id, which is its idempotency key too. Empty means a random UUID.
	 */
	String id() default "";

	/**
	 * Time-out of the whole run, from its start, such as {@code 30m}; on expiry the run
	 * is cancelled, with the status {@code TIMED_OUT}. Empty means none.
	 */
	String timeout() default "";

	/**
	 * How many runs of this workflow may have begun and not ended, waiting ones included;
	 * the others wait their turn. 0 means any number.
	 */
	int maxConcurrent() default 0;

	/**
	 * How long a finished run is kept, such as {@code 7d}. Empty means the property
	 * {@code kraft.retention}.
	 */
	String retention() default "";

}
