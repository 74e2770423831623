package io.kraft.cluster.membership;

/**
 * What has changed in the list of members of one node.
 *
 * @param kind what has happened
 * @param member as it is now, or was when it was forgotten
 */
public record MemberEvent(Kind kind, Member member) {

	/**
	 * What can happen to a member.
	 */
	public enum Kind {

		/** It was not in the list. */
		JOINED,

		/** It does not answer. */
		SUSPECTED,

		/** It was suspected, and has denied that. */
		REFUTED,

		/** It was suspected for the whole suspect time-out. */
		DIED,

		/** It was dead or had left, and is there again. */
		RETURNED,

		/** It has left. */
		LEFT,

		/** It says something else of itself. */
		UPDATED,

		/** It was in the list for the whole dead time-out. */
		FORGOTTEN

	}

}
