package io.kraft.engine.run;

import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.journal.Payload;

/**
 * Ends a run's code so that the run continues with a fresh journal. An error, so that
 * user code does not take it for an exception of its own; without a stack trace, because
 * it is never read.
 */
public final class ContinuedAsNew extends Error {

	private static final long serialVersionUID = 1L;

	private final transient WorkflowDefinition workflow;

	private final transient Payload arguments;

	/**
	 * To be thrown.
	 * @param workflow with whose code the run continues
	 */
	public ContinuedAsNew(WorkflowDefinition workflow, Payload arguments) {
		super("This run continues with a fresh journal; do not catch this error", null, false, false);
		this.workflow = workflow;
		this.arguments = arguments;
	}

	public WorkflowDefinition workflow() {
		return this.workflow;
	}

	public Payload arguments() {
		return this.arguments;
	}

}
