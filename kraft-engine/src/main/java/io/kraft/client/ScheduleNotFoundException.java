package io.kraft.client;

import io.kraft.workflow.KraftException;

/**
 * No schedule of this application has the name.
 */
public final class ScheduleNotFoundException extends KraftException {

	/** The code of this error. */
	public static final String CODE = "KRAFT-3009";

	private static final long serialVersionUID = 1L;

	public ScheduleNotFoundException(String message) {
		super(CODE, message, null);
	}

}
