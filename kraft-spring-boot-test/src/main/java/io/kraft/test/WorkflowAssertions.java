package io.kraft.test;

import io.kraft.client.WorkflowHandle;
import io.kraft.test.assertion.RunAssert;

/**
 * Where assertions on runs begin, to be imported statically.
 */
public final class WorkflowAssertions {

	private WorkflowAssertions() {
	}

	/**
	 * Assertions on a run.
	 * @param run a handle of the test's own client
	 */
	public static RunAssert assertThatRun(WorkflowHandle<?> run) {
		return new RunAssert(run);
	}

}
