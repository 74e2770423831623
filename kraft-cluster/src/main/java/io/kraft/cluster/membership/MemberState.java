package io.kraft.cluster.membership;

/**
 * What is known of whether a member answers. The order is that of precedence: of two
 * claims with the same revision, the later state holds.
 */
public enum MemberState {

	/** It answers, or nothing else is known yet. */
	ALIVE,

	/** It has not answered, and may still deny that. */
	SUSPECT,

	/** It has neither answered nor denied. */
	DEAD,

	/** It has said that it leaves. */
	LEFT;

	/**
	 * Whether it is asked whether it answers.
	 */
	public boolean isPresent() {
		return this == ALIVE || this == SUSPECT;
	}

}
