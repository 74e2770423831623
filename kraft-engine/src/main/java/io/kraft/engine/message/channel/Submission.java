package io.kraft.engine.message.channel;

import io.kraft.workflow.ErrorCode;
import io.kraft.workflow.KraftException;

/**
 * What has become of a row that the receiver of a channel wanted to submit.
 */
public enum Submission {

	/** Its effect and its mark were submitted to the committer, in one commit. */
	SUBMITTED,

	/** There is no room now; nothing was submitted. */
	OVERLOADED,

	/** It can never have its effect; nothing was submitted. */
	REFUSED,

	/** Something else, which a repetition or a fix may end; nothing was submitted. */
	FAILED;

	/**
	 * What an exception means. What a fix of the deployment would let succeed, such as a
	 * workflow or a key that is missing on this node, is a failure, not a refusal: no row
	 * is dropped because of it. A full inbox is a refusal, since the run may never empty
	 * it, and would keep all that follows waiting.
	 */
	public static Submission of(KraftException failure) {
		return ErrorCode.of(failure.code()).map(Submission::of).orElse(FAILED);
	}

	private static Submission of(ErrorCode code) {
		return switch (code) {
			case OVERLOADED -> OVERLOADED;
			case WORKFLOW_NOT_FOUND, WORKFLOW_ALREADY_EXISTS, WORKFLOW_ENDED, INVALID_CALL, UNKNOWN_STEP,
					PAYLOAD_TOO_LARGE, UNEXPECTED_PAYLOAD, LIMIT_EXCEEDED, INBOX_FULL ->
				REFUSED;
			default -> FAILED;
		};
	}

}
