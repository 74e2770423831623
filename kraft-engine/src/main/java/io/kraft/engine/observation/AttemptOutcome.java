package io.kraft.engine.observation;

/**
 * How an attempt of a step ended.
 */
public enum AttemptOutcome {

	/** With the step's result. */
	COMPLETED,

	/** With a failure, which is followed by another attempt. */
	RETRIED,

	/** With a failure, which is the step's. */
	FAILED,

	/** Cut off, because the engine stops or the run was terminated: not recorded. */
	CUT_OFF

}
