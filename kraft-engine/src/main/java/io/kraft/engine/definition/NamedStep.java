package io.kraft.engine.definition;

import org.jspecify.annotations.Nullable;

/**
 * A step that can be called by its name.
 *
 * @param definition how its name, its arguments and its result are recorded
 * @param origin where it is defined, for messages
 * @param body calls it as other code would, so that in a run the call is journaled
 */
public record NamedStep(StepDefinition definition, String origin, Body body) {

	@Override
	public String toString() {
		return this.definition.name();
	}

	/**
	 * Calls the step's method.
	 */
	@FunctionalInterface
	public interface Body {

		@Nullable Object call(@Nullable Object[] arguments) throws Throwable;

	}

}
