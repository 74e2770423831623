package io.kraft.client;

import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * No schedule of this application has the name.
 *
 * @since 0.1.0
 */
public final class ScheduleNotFoundException extends KraftException {

	/** The code of this error. */
	public static final String CODE = "KRAFT-3009";

	private static final long serialVersionUID = 1L;

	public ScheduleNotFoundException(String message) {
		this(message, null);
	}

	public ScheduleNotFoundException(String message, @Nullable Throwable cause) {
		this(message, cause, null);
	}

	/**
	 * With the values in the message; each is null if it is not known.
	 */
	public ScheduleNotFoundException(String message, @Nullable Throwable cause, @Nullable String schedule) {
		super(CODE, message, cause);
		keep("schedule", schedule);
	}

	/**
	 * The unknown name; null if it is not known.
	 */
	public @Nullable String schedule() {
		return field("schedule");
	}

}
