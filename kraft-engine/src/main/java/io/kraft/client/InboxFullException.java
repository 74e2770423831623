package io.kraft.client;

import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * A run has so many messages in its inbox that it takes no more before it has taken some
 * of them. Nothing was sent; try again later.
 */
public final class InboxFullException extends KraftException {

	/** The code of this error. */
	public static final String CODE = "KRAFT-3012";

	private static final long serialVersionUID = 1L;

	public InboxFullException(String message) {
		this(message, null);
	}

	public InboxFullException(String message, @Nullable Throwable cause) {
		super(CODE, message, cause);
	}

}
