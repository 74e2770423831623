package io.kraft.client;

import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * A call that waited for the commit of its caller's transaction has failed, or was not
 * made because the outcome of the transaction is unknown. Logged, and not thrown: its
 * caller has continued.
 *
 * @since 0.1.0
 */
public final class DeferredCallException extends KraftException {

	/** The code of a call that failed after the commit. */
	public static final String FAILED = "KRAFT-3021";

	/** The code of a call whose transaction ended in an unknown way. */
	public static final String UNKNOWN = "KRAFT-3022";

	private static final long serialVersionUID = 1L;

	public DeferredCallException(String code, String message, @Nullable Throwable cause) {
		super(code, message, cause);
	}

}
