package io.kraft.engine.routing;

/**
 * What an operator does to a run as a whole.
 */
public enum RunControlAction {

	/** It stops at its next durable call, and compensates. */
	CANCEL,

	/** It ends immediately. */
	TERMINATE,

	/** It waits from its next durable call on. */
	PAUSE,

	/** It continues after a pause. */
	RESUME,

	/** It is removed, once it has ended. */
	DELETE,

	/** It continues from where it has failed. */
	RETRY

}
