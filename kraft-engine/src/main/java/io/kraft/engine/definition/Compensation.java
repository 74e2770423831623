package io.kraft.engine.definition;

import org.jspecify.annotations.Nullable;

/**
 * The compensation of a step that has completed. It is made for one call of the step, on
 * the object on which that was called.
 *
 * @param step the compensating method as a step; it has no compensation itself
 * @param arguments what it is called with
 * @param body calls it
 */
public record Compensation(StepDefinition step, Arguments arguments, Body body) {

	public Compensation {
		if (step.compensation() != null) {
			throw new IllegalArgumentException(
					"The compensation '" + step.name() + "' of a step is not compensated itself");
		}
	}

	@Override
	public String toString() {
		return this.step.name();
	}

	/**
	 * Makes the arguments of the compensating method from the arguments of the step and
	 * its result.
	 */
	@FunctionalInterface
	public interface Arguments {

		/**
		 * The arguments, in an array of their own.
		 * @param stepArguments left as they are
		 * @param result the step's value: of a promise what it held; null if the step has
		 * none
		 */
		@Nullable Object[] of(@Nullable Object[] stepArguments, @Nullable Object result);

	}

	/**
	 * Calls the compensating method; each call is an attempt.
	 */
	@FunctionalInterface
	public interface Body {

		/**
		 * Calls the method, within the body of a step on this thread.
		 * @return the returned object, which the step's result style reads
		 * @throws Throwable what the method throws
		 */
		@Nullable Object call(@Nullable Object[] arguments) throws Throwable;

	}

}
