package io.kraft.workflow;

/**
 * What a {@link Schedule} does at a fire time while the run of the previous one has not
 * ended.
 *
 * @since 0.1.0
 */
public enum Overlap {

	/**
	 * The fire time is skipped. One that is caught up is not skipped: it waits for that
	 * end.
	 */
	SKIP,

	/** A second run is started beside it. */
	ALLOW

}
