package io.kraft.engine.journal;

import org.jspecify.annotations.Nullable;

/**
 * Why a run, or a branch of it, was cancelled.
 */
public enum CancelCause {

	/** Somebody asked for it, or the parent was cancelled. */
	REQUESTED(1, "somebody asked for it"),

	/** The time of the whole run is over. */
	TIMED_OUT(2, "its time is over"),

	/** The run's own code has no use for the branch any more. */
	BRANCH(3, "the run has no use for this branch any more"),

	/** Somebody lets the run fail. */
	FAILED(4, "somebody lets the run fail");

	private final int code;

	private final String text;

	CancelCause(int code, String text) {
		this.code = code;
		this.text = text;
	}

	/**
	 * For people.
	 */
	public String text() {
		return this.text;
	}

	/** What is written down; never used again for another cause. */
	int code() {
		return this.code;
	}

	static @Nullable CancelCause of(int code) {
		for (CancelCause cause : values()) {
			if (cause.code == code) {
				return cause;
			}
		}
		return null;
	}

}
