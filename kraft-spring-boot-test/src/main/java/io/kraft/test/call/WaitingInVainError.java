package io.kraft.test.call;

/**
 * The test waits for the end of a run that nothing will bring about.
 */
public final class WaitingInVainError extends AssertionError {

	private static final long serialVersionUID = 1L;

	WaitingInVainError(String message) {
		super(message);
	}

}
