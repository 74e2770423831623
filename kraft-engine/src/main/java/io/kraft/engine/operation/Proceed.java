package io.kraft.engine.operation;

import org.jspecify.annotations.Nullable;

/**
 * Calls the method behind a proxy.
 */
@FunctionalInterface
public interface Proceed {

	/**
	 * Calls it, once more each time.
	 * @throws Throwable what the method throws
	 */
	@Nullable Object call() throws Throwable;

}
