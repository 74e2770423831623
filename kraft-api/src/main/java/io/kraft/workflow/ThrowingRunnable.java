package io.kraft.workflow;

/**
 * A {@link Runnable} that may throw checked exceptions.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ThrowingRunnable {

	void run() throws Exception;

}
