package io.kraft.workflow;

/**
 * What becomes of a run when all attempts of a step are exhausted.
 *
 * @since 0.1.0
 */
public enum Exhausted {

	/** The step fails: the workflow's code gets the exception of the last attempt. */
	FAIL,

	/**
	 * The run is paused, and nothing is compensated. {@code resume}, or the next start of
	 * the engine, gives the step a fresh set of attempts.
	 */
	PAUSE

}
