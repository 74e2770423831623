package io.kraft.engine.interleaving;

/**
 * Which commit of the first operation is held, and when.
 */
enum Point {

	/** The first one, before it is applied. */
	BEFORE(1, false),

	/** The first one, when it can be read, before anybody is told. */
	AFTER(1, true),

	/** The second one, before it is applied. */
	BEFORE_SECOND(2, false);

	private final int commit;

	private final boolean applied;

	Point(int commit, boolean applied) {
		this.commit = commit;
		this.applied = applied;
	}

	int commit() {
		return this.commit;
	}

	boolean isApplied() {
		return this.applied;
	}

}
