package io.kraft.engine;

/**
 * How far the engine has come since its start with the runs that were executing when it
 * last stopped. Waiting runs do not count: they are loaded when they wake.
 *
 * @param interrupted how many there were at the start
 * @param resumed how many of them execute again, have ended since, or were found unable
 * to continue
 */
public record Recovery(long interrupted, long resumed) {

	/** Nothing is to be recovered. */
	public static final Recovery NONE = new Recovery(0, 0);

	/**
	 * How many are still to be loaded.
	 */
	public long remaining() {
		return Math.max(0, this.interrupted - this.resumed);
	}

}
