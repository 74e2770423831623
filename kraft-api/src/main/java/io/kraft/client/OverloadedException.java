package io.kraft.client;

import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * The engine cannot take more work now: its queue stayed full. Nothing was started; try
 * again later.
 *
 * @since 0.1.0
 */
public final class OverloadedException extends KraftException {

	/** The code of this error. */
	public static final String CODE = "KRAFT-3005";

	private static final long serialVersionUID = 1L;

	public OverloadedException(String message) {
		this(message, null);
	}

	public OverloadedException(String message, @Nullable Throwable cause) {
		super(CODE, message, cause);
	}

}
