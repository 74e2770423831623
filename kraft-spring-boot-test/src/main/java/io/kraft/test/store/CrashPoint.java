package io.kraft.test.store;

/**
 * A commit of a scenario at which the engine crashes.
 *
 * @param commit 1 for the first one; 0 for none
 * @param applied whether the commit survives the crash
 */
public record CrashPoint(int commit, boolean applied) {

	/** No crash at all. */
	public static final CrashPoint NONE = new CrashPoint(0, false);

	@Override
	public String toString() {
		return (this.commit > 0) ? "a crash just " + (this.applied ? "after" : "before") + " commit " + this.commit
				: "no crash";
	}

}
