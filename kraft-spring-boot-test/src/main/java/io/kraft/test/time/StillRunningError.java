package io.kraft.test.time;

/**
 * The engine did not become quiescent within the limit: something executes that does not
 * return.
 */
public final class StillRunningError extends AssertionError {

	private static final long serialVersionUID = 1L;

	StillRunningError(String message) {
		super(message);
	}

}
