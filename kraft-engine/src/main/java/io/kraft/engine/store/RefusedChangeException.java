package io.kraft.engine.store;

import io.kraft.workflow.KraftException;

/**
 * A commit does not fit what the store holds. Nothing of it was written; others are not
 * affected, and the store may be written again.
 */
public abstract sealed class RefusedChangeException extends KraftException
		permits StaleChangeException, ChannelOrderException, RepeatedRequestException, OversizedCommitException {

	private static final long serialVersionUID = 1L;

	RefusedChangeException(String code, String message) {
		super(code, message, null);
	}

}
