package io.kraft.engine.supervision;

import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * A thread that the engine needs ended unexpectedly, and the engine with it. Made before
 * it is needed, because there may be no memory for it by then; the cause is put in when
 * it is known.
 */
public final class EngineThreadException extends KraftException {

	/** The code of this error. */
	public static final String CODE = "KRAFT-4011";

	private static final long serialVersionUID = 1L;

	private volatile @Nullable Throwable found;

	EngineThreadException(VitalThread thread) {
		super(CODE, "the engine has stopped taking work, because its thread '" + thread.threadName()
				+ "' ended unexpectedly. What was acknowledged is safe, and continues after a restart "
				+ "of the process. If memory ran out, find out what filled it. See docs/reference/errors.md#kraft-4011",
				null);
		// The place where it was made is of no use.
		setStackTrace(new StackTraceElement[0]);
	}

	/** Allocates nothing. The first one counts. */
	EngineThreadException because(@Nullable Throwable cause) {
		if (this.found == null) {
			this.found = cause;
		}
		return this;
	}

	@Override
	@SuppressWarnings("UnsynchronizedOverridesSynchronized") // The field is volatile.
	public @Nullable Throwable getCause() {
		return this.found;
	}

}
