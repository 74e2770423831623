package io.kraft.engine.client;

import java.util.Optional;

import io.kraft.client.WorkflowDescription;
import io.kraft.engine.execution.Execution;
import io.kraft.engine.execution.run.Activity;
import io.kraft.engine.store.RunRow;

/**
 * Describes runs: what is durable, and what a run in memory does at this moment.
 */
final class Descriptions {

	private Descriptions() {
	}

	static WorkflowDescription of(RunRow row, Execution execution) {
		Activity recorded = new Activity(row.currentStep(), row.attempt(), row.waitingFor());
		Activity activity = row.status().isTerminal() ? Activity.NONE
				: execution.activity(row.number()).filter((now) -> now.currentStep() != null).orElse(recorded);
		return new WorkflowDescription(row.id(), row.name(), row.version(), row.status(),
				Optional.ofNullable(row.reason()), Optional.ofNullable(row.failure()), row.tags(), row.priority(),
				Optional.ofNullable(row.parentId()), row.createdAt(), Optional.ofNullable(row.startedAt()),
				Optional.ofNullable(row.finishedAt()), Optional.ofNullable(activity.currentStep()), activity.attempt(),
				Optional.ofNullable(activity.waitingFor()));
	}

}
