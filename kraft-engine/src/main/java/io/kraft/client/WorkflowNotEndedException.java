package io.kraft.client;

import io.kraft.workflow.KraftException;

/**
 * The operation is for runs that have ended, and this one has not.
 */
public final class WorkflowNotEndedException extends KraftException {

	/** The code of this error. */
	public static final String CODE = "KRAFT-3008";

	private static final long serialVersionUID = 1L;

	public WorkflowNotEndedException(String message) {
		super(CODE, message, null);
	}

}
