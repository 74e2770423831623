package io.kraft.benchmark;

import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowQuery;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.KraftEngine;

/**
 * Starts runs, and does not wait for their ends.
 *
 * @param argument of the runs
 */
record Starts(KraftEngine engine, String workflow, int argument) implements Loop {

	@Override
	public void executeRun() {
		this.engine.client().start(this.workflow, StartOptions.defaults(), this.argument);
	}

	/**
	 * Waits until no run has anything to do.
	 */
	static void awaitQuiet(KraftEngine engine) {
		WorkflowQuery busy = WorkflowQuery.all().status(WorkflowStatus.PENDING, WorkflowStatus.RUNNING).limit(1);
		while (!engine.client().list(busy).items().isEmpty()) {
			Pause.millis(2);
		}
	}

}
