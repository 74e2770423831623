package io.kraft.spring.boot.autoconfigure.definition;

import java.lang.reflect.Method;

import io.kraft.engine.definition.Compensation;
import io.kraft.engine.definition.StepDefinition;

/**
 * The method that compensates a step, for all objects of a class.
 */
public final class CompensationMethod {

	private final Method method;

	private final StepDefinition step;

	private final CompensationArguments arguments;

	private final Class<?> userClass;

	CompensationMethod(Method method, Class<?> userClass, StepDefinition step, CompensationArguments arguments) {
		this.method = method;
		this.userClass = userClass;
		this.step = step;
		this.arguments = arguments;
	}

	/**
	 * The method that is called.
	 */
	Method method() {
		return this.method;
	}

	/**
	 * That method as a step.
	 */
	StepDefinition step() {
		return this.step;
	}

	/**
	 * The compensation of a step that is called on one object.
	 * @param bean the object's proxy
	 */
	public Compensation on(Object bean) {
		ReachableMethod reachable = new ReachableMethod(this.method, this.userClass);
		return new Compensation(this.step, this.arguments, (arguments) -> reachable.invoke(bean, arguments));
	}

}
