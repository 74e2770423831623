package io.kraft.workflow;

/**
 * A {@link Runnable} that may throw checked exceptions.
 */
@FunctionalInterface
public interface ThrowingRunnable {

	void run() throws Exception;

}
