package io.kraft.engine.journal;

import org.jspecify.annotations.Nullable;

/**
 * Why a run, or a branch of it, was cancelled.
 */
public enum CancelCause {

	/** It was requested, or the parent was cancelled. */
	REQUESTED(1, "its cancellation was requested"),

	/** The time of the whole run is over. */
	TIMED_OUT(2, "its time is over"),

	/** The run's own code no longer needs the branch. */
	BRANCH(3, "the run no longer needs this branch"),

	/** The run is failed on request. */
	FAILED(4, "the run is failed on request");

	private final int code;

	private final String text;

	CancelCause(int code, String text) {
		this.code = code;
		this.text = text;
	}

	/**
	 * For messages.
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
