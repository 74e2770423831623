package io.kraft.engine.observation;

/**
 * How a run left memory.
 */
public enum RunOutcome {

	/** It has ended with a result. */
	COMPLETED,

	/** It has ended with a failure. */
	FAILED,

	/** It has ended, because it was cancelled. */
	CANCELLED,

	/** It has ended, because its time was over. */
	TIMED_OUT,

	/** It was ended by an operator. */
	TERMINATED,

	/** It is a work item whose attempts have all failed. */
	DEAD,

	/** It waits on disk. */
	SUSPENDED,

	/** It is paused with a reason. */
	PAUSED,

	/** It continues with a fresh journal. */
	CONTINUED,

	/** The engine stops; it continues after the next start. */
	STOPPED

}
