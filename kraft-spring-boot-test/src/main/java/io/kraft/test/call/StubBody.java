package io.kraft.test.call;

import org.jspecify.annotations.Nullable;

/**
 * What a step does in a test.
 */
@FunctionalInterface
public interface StubBody {

	/**
	 * Called once for each attempt, in the place of the step's body.
	 * @param arguments of the call, as the caller gave them
	 * @return a value of the type that the step's method returns
	 * @throws Exception a failed attempt
	 */
	@Nullable Object call(@Nullable Object[] arguments) throws Exception;

}
