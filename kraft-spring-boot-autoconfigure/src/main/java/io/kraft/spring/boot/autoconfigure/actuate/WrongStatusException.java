package io.kraft.spring.boot.autoconfigure.actuate;

import io.kraft.client.WorkflowStatus;

/**
 * An operator's action does not apply to the run's status. Nothing was changed.
 */
final class WrongStatusException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final WorkflowStatus status;

	private final String code;

	WrongStatusException(String message, WorkflowStatus status, String code) {
		super(message);
		this.status = status;
		this.code = code;
	}

	WorkflowStatus status() {
		return this.status;
	}

	String code() {
		return this.code;
	}

}
