package io.kraft.workflow;

/**
 * The application was not started, because runs that have not ended would be paused by
 * its code. Nothing was changed.
 *
 * @since 0.1.0
 */
public final class ReplayRefusedException extends KraftException {

	/** The code of this error. */
	public static final String CODE = "KRAFT-1020";

	private static final long serialVersionUID = 1L;

	public ReplayRefusedException(String message) {
		super(CODE, message, null, true);
	}

}
