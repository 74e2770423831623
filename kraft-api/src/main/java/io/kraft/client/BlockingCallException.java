package io.kraft.client;

import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * A call that blocks was made on a thread that must not; the message names the twin that
 * does not block.
 *
 * @since 0.1.0
 */
public final class BlockingCallException extends KraftException {

	/** The code of this error. */
	public static final String CODE = "KRAFT-3006";

	private static final long serialVersionUID = 1L;

	public BlockingCallException(String message) {
		this(message, null);
	}

	public BlockingCallException(String message, @Nullable Throwable cause) {
		super(CODE, message, cause);
	}

}
