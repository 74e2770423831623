package io.kraft.engine.client;

import io.kraft.client.WorkflowDescription;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.execution.Execution;
import io.kraft.engine.journal.MaskedTokens;
import io.kraft.engine.run.Activity;
import io.kraft.engine.store.RunRow;

/**
 * Describes runs: what is durable, and what a run in memory does at this moment.
 */
final class Descriptions {

	private Descriptions() {
	}

	static WorkflowDescription of(RunRow row, Execution execution) {
		return of(row, row.status().isTerminal() ? Activity.NONE
				: execution.reads().activities(row.number()).stream().findFirst().orElse(recorded(row)));
	}

	/**
	 * As the row has it.
	 */
	static WorkflowDescription of(RunRow row) {
		return of(row, recorded(row));
	}

	private static Activity recorded(RunRow row) {
		String waitingFor = (row.status() == WorkflowStatus.PENDING) ? "its turn" : row.waitingFor();
		return new Activity(null, row.currentStep(), row.attempt(), null, null, waitingFor);
	}

	private static WorkflowDescription of(RunRow row, Activity activity) {
		return new WorkflowDescription(row.id(), row.name(), row.version(), row.status(),
				MaskedTokens.inOptional(row.reason()), MaskedTokens.inOptional(row.failure()), row.tags(),
				row.priority(), row.parentId(), row.createdAt(), row.startedAt(), row.finishedAt(),
				activity.currentStep(), activity.attempt(), activity.waitingFor());
	}

}
