package io.kraft.workflow;

/**
 * What a {@link Schedule} does when a tick comes and the run of the tick before has not
 * ended.
 */
public enum Overlap {

	/**
	 * The tick is skipped. One that is caught up is not skipped: it waits for that end.
	 */
	SKIP,

	/** The tick is run beside it. */
	ALLOW

}
