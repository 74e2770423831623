package io.kraft.spring.boot.autoconfigure.web;

import io.kraft.client.WorkflowStatus;
import io.kraft.workflow.KraftException;

/**
 * Carries the status of a run along with the exception that it is the reason of.
 */
final class WrongStatusException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final KraftException reason;

	private final WorkflowStatus status;

	WrongStatusException(KraftException reason, WorkflowStatus status) {
		super(reason);
		this.reason = reason;
		this.status = status;
	}

	KraftException reason() {
		return this.reason;
	}

	WorkflowStatus status() {
		return this.status;
	}

}
