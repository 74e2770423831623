package io.kraft.benchmark;

/**
 * Something that executes runs, one for each call, durably. Thread-safe.
 */
interface Loop extends AutoCloseable {

	/**
	 * Executes a run and returns when it has ended.
	 */
	void executeRun();

	@Override
	default void close() {
	}

}
