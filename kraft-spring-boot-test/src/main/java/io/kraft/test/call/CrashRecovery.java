package io.kraft.test.call;

/**
 * Whether calls of a test that a crash has cut off are made again, as a client would that
 * got no answer.
 */
public interface CrashRecovery {

	/**
	 * Whether a crash may come at any time, after which the engine is restarted
	 * automatically.
	 */
	boolean isExpected();

	/**
	 * A call has failed. Waits until the engine is there again, if it was the crash.
	 * @return whether the call is to be made again
	 */
	boolean isToBeRepeated(Throwable failure);

}
