package io.kraft.spring.boot.web;

import io.kraft.client.WorkflowStatus;
import io.kraft.workflow.KraftException;

/**
 * Carries the status of a run with the exception that it caused.
 */
final class RunStatusException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final KraftException reason;

	private final WorkflowStatus status;

	RunStatusException(KraftException reason, WorkflowStatus status) {
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
