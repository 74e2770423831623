package io.kraft.client;

/**
 * What a start does when its id is taken.
 *
 * @since 0.1.0
 */
public enum IfExists {

	/** Returns the run that exists, ended or not. */
	ATTACH,

	/** Refuses, with {@link WorkflowAlreadyExistsException}. */
	FAIL,

	/** Refuses a run that has not ended; an ended one is replaced. */
	REPLACE_IF_ENDED

}
