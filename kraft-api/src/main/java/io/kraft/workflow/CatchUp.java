package io.kraft.workflow;

/**
 * What a {@link Schedule} does about misfires: fire times that passed while the
 * application was down. They count from the last one that was recorded, and never from
 * before the first start.
 *
 * @since 0.1.0
 */
public enum CatchUp {

	/** They are skipped. */
	NONE,

	/** The newest one is run, and the others are skipped. */
	LATEST,

	/** Each one is run, in order. */
	ALL

}
