package io.kraft.spring.boot.autoconfigure.actuate;

import io.kraft.client.WorkflowStatus;

/**
 * An operator's action does not apply to the run's status. Nothing was changed.
 */
final class WrongStatusException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final WorkflowStatus status;

	WrongStatusException(String message, WorkflowStatus status) {
		super(message);
		this.status = status;
	}

	WorkflowStatus status() {
		return this.status;
	}

}
