package io.kraft.engine.journal;

/**
 * How an operation, or a run, ended. Unique for each.
 */
public sealed interface Outcome {

	/**
	 * It ended with a value.
	 */
	record Success(Payload value) implements Outcome {
	}

	/**
	 * It ended with an exception.
	 */
	record Failed(Failure failure) implements Outcome {
	}

}
