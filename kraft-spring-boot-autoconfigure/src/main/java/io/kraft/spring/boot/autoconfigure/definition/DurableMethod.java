package io.kraft.spring.boot.autoconfigure.definition;

import java.lang.reflect.Method;

import io.kraft.workflow.Step;
import io.kraft.workflow.Workflow;

import org.springframework.core.annotation.MergedAnnotation;

/**
 * A method of a bean's class that is annotated, itself or by its type.
 */
public sealed interface DurableMethod {

	/**
	 * The method as the bean's class has it: not a bridge, and not one that it overrides.
	 */
	Method method();

	/**
	 * A step.
	 *
	 * @param method as the bean's class has it
	 * @param annotation the step's attributes
	 */
	record StepMethod(Method method, MergedAnnotation<Step> annotation) implements DurableMethod {
	}

	/**
	 * A workflow.
	 *
	 * @param method as the bean's class has it
	 * @param annotation the workflow's attributes
	 */
	record WorkflowMethod(Method method, MergedAnnotation<Workflow> annotation) implements DurableMethod {
	}

	/**
	 * A method with a schedule that is not a workflow, which is invalid.
	 *
	 * @param method as the bean's class has it
	 */
	record MisplacedSchedule(Method method) implements DurableMethod {
	}

	/**
	 * A method that is annotated as both, which is invalid.
	 *
	 * @param method as the bean's class has it
	 */
	record AmbiguousMethod(Method method) implements DurableMethod {
	}

}
