package io.kraft.engine.fault;

import java.util.Set;

import io.kraft.client.WorkflowStatus;

/**
 * Code of an application that does what no code should, and what its run is then. Once
 * the code is fixed, the run can be completed.
 */
@SuppressWarnings("ImmutableEnumChecker") // The sets are unmodifiable.
enum HostileCode {

	STEP_THAT_NEVER_RETURNS(WorkflowStatus.RUNNING),

	/** If it had to wait for its turn, it has not recorded yet that it runs. */
	LOOP_WITHOUT_DURABLE_CALLS(WorkflowStatus.RUNNING, WorkflowStatus.PENDING),

	ERROR_IN_A_STEP(WorkflowStatus.FAILED),

	ERROR_IN_A_WORKFLOW(WorkflowStatus.PAUSED),

	DEEP_RECURSION_IN_A_STEP(WorkflowStatus.FAILED),

	DEEP_RECURSION_IN_A_WORKFLOW(WorkflowStatus.FAILED);

	private final Set<WorkflowStatus> deployed;

	HostileCode(WorkflowStatus... deployed) {
		this.deployed = Set.of(deployed);
	}

	/**
	 * What its run may be while the code is deployed.
	 */
	Set<WorkflowStatus> deployed() {
		return this.deployed;
	}

}
