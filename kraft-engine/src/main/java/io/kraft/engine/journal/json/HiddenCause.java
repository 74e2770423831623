package io.kraft.engine.journal.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Of an exception that may quote a payload which must not be shown: its class and where
 * it was thrown, but not its text.
 */
final class HiddenCause extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private HiddenCause(Throwable original) {
		super(original.getClass().getName() + " (its message is not shown: it may quote an encrypted value)", null,
				false, true);
		setStackTrace(original.getStackTrace());
	}

	/**
	 * In place of what a constructor, setter or getter of the application threw, if one
	 * did, or else of the exception itself.
	 */
	static HiddenCause of(Throwable failure) {
		Throwable cause = failure.getCause();
		return new HiddenCause(isOfJackson(failure) && cause != null && !isOfJackson(cause) ? cause : failure);
	}

	private static boolean isOfJackson(@Nullable Throwable failure) {
		return failure instanceof JacksonException;
	}

}
