package io.kraft.workflow;

/**
 * What a step can ask about itself while its body runs in a run.
 */
public interface StepContext {

	/**
	 * The context of the step that the calling thread executes.
	 * @throws NotInWorkflowException if the calling thread executes no step of a run
	 */
	static StepContext current() {
		return ContextBinding.step();
	}

	/**
	 * Id of the run that the step belongs to.
	 */
	String workflowId();

	/**
	 * Name of the step, as recorded in the journal.
	 */
	String stepName();

	/**
	 * 1 plus the failed attempts that were recorded; one that a crash or a shutdown cut
	 * off is not counted.
	 */
	int attempt();

	/**
	 * A key that is the same for every attempt of this step and after every crash, and
	 * different for any other step of any run: hand it to the service that the step
	 * calls, so that a repeated effect is recognised.
	 */
	String idempotencyKey();

}
