package io.kraft.cluster.management;

/**
 * What nodes without a cluster send to each other.
 */
public sealed interface FormationMessage {

	/**
	 * The sender wants to form, and asks for a promise.
	 *
	 * @param round no other attempt of any process has it
	 */
	record AskPromise(long round, FormationSettings settings) implements FormationMessage {
	}

	/**
	 * The sender has promised, durably, to let the receiver form.
	 */
	record Promised(long round) implements FormationMessage {
	}

	/**
	 * The sender does not promise, and says why.
	 */
	record Declined(long round, Reason reason) implements FormationMessage {
	}

	/**
	 * The sender has promised something to the receiver, and wants to promise it to one
	 * that is lower.
	 *
	 * @param token repeated by the answer
	 */
	record AskRelease(long token) implements FormationMessage {
	}

	/**
	 * The sender has not formed, and counts no promise: it gives way.
	 */
	record Released(long token) implements FormationMessage {
	}

	/**
	 * The sender belongs to a cluster.
	 */
	record InCluster(String clusterId) implements FormationMessage {
	}

	/**
	 * Why no promise is given.
	 */
	enum Reason {

		/** It is given to another one, or another one is lower. */
		OTHER,

		/** Seeds or the number of initial nodes differ. */
		SETTINGS,

		/** Another node has the same node id. */
		NODE_ID

	}

}
