package io.kraft.engine.admission;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.definition.QueueCatalog;
import io.kraft.engine.store.RunFilter;
import io.kraft.engine.store.RunSlice;
import io.kraft.engine.store.Store;

/**
 * The runs that have begun and not ended, as a store has them. An item that waits for its
 * next attempt has not: it has no place.
 */
final class BegunRuns {

	private static final int PAGE = 256;

	private static final Set<WorkflowStatus> OF_QUEUES = Set.of(WorkflowStatus.RUNNING);

	private static final Set<WorkflowStatus> OF_WORKFLOWS = Set.of(WorkflowStatus.RUNNING, WorkflowStatus.SUSPENDED);

	private final Store store;

	BegunRuns(Store store) {
		this.store = store;
	}

	/**
	 * Those of a workflow, by number; whether the run is suspended.
	 */
	Map<Long, Boolean> of(String workflow) {
		Map<Long, Boolean> runs = new HashMap<>();
		RunFilter filter = new RunFilter(workflow, QueueCatalog.isWorkflowName(workflow) ? OF_QUEUES : OF_WORKFLOWS,
				Map.of(), null, null);
		long before = Long.MAX_VALUE;
		while (before > 0) {
			RunSlice slice = this.store.runs(filter, before, PAGE);
			slice.rows().forEach((row) -> runs.put(row.number(), row.status() == WorkflowStatus.SUSPENDED));
			before = slice.nextBefore();
		}
		return runs;
	}

}
