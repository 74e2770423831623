package io.kraft.engine.store;

/**
 * A change names another revision of its run's row than the one that the store holds: it
 * was decided on a state that is out of date. Nothing of its commit was written. This is
 * an error in the engine, and is not to be retried.
 */
public final class StaleChangeException extends RefusedChangeException {

	/** The code of this exception. */
	public static final String CODE = "KRAFT-4012";

	private static final long serialVersionUID = 1L;

	private final long run;

	/**
	 * A refusal of a change.
	 * @param run its number
	 * @param expected the revision that the change was decided on
	 * @param found the revision that the store holds; -1 if it holds no such run
	 */
	public StaleChangeException(long run, long expected, long found) {
		super(CODE,
				"a change of run number " + run + " was decided on revision " + expected
						+ " of its state, but the store holds " + ((found < 0) ? "no such run" : "revision " + found)
						+ ". Nothing was written, and the run is paused. This is an error in Kraft: please report it. "
						+ "See docs/reference/errors.md#kraft-4012");
		this.run = run;
		keep("expected", expected);
		keep("found", found);
	}

	/**
	 * The number of the run.
	 */
	public long run() {
		return this.run;
	}

}
