package io.kraft.engine.operation;

import org.jspecify.annotations.Nullable;

/**
 * Calls the method of a step behind its proxy.
 */
@FunctionalInterface
public interface StepBody {

	/**
	 * Calls it, once more each time.
	 * @param arguments for this call alone: what the method changes in them is seen
	 * nowhere else
	 * @throws Throwable what the method throws
	 */
	@Nullable Object call(@Nullable Object[] arguments) throws Throwable;

}
