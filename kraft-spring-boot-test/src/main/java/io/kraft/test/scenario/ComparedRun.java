package io.kraft.test.scenario;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.kraft.client.OperationView;
import io.kraft.client.Page;
import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowDescription;
import io.kraft.client.WorkflowQuery;
import io.kraft.test.journal.JournalTable;
import io.kraft.workflow.StepOutcomeUnknownException;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a run.
 *
 * @param text for comparison, and for people
 * @param journal of it
 */
record ComparedRun(String id, String text, List<OperationView> journal) {

	/**
	 * The outcomes of all runs, by their ids.
	 */
	static Map<String, ComparedRun> all(WorkflowClient client) {
		Map<String, ComparedRun> outcomes = new TreeMap<>();
		WorkflowQuery query = WorkflowQuery.all();
		Page<WorkflowDescription> page = client.list(query);
		while (true) {
			page.items().forEach((run) -> outcomes.put(run.id(), of(run, client)));
			if (page.nextCursor().isEmpty()) {
				return outcomes;
			}
			page = client.list(query.cursor(page.nextCursor().get()));
		}
	}

	private static ComparedRun of(WorkflowDescription run, WorkflowClient client) {
		List<OperationView> journal = client.operations(run.id());
		String end = end(run, journal);
		return new ComparedRun(run.id(), run.name() + " is " + run.status() + ((end != null) ? " (" + end + ")" : ""),
				journal);
	}

	private static @Nullable String end(WorkflowDescription run, List<OperationView> journal) {
		if (run.failure() != null) {
			return run.failure();
		}
		return journal.getLast().kind().equals("end") ? journal.getLast().outcome() : run.waitingFor();
	}

	/**
	 * Whether a step's outcome was unknown, so that the run's own outcome may rightly
	 * differ.
	 */
	boolean hasUnknownStep() {
		return this.journal.stream()
			.anyMatch((view) -> view.kind().equals("step") && view.failure() != null
					&& view.failure().startsWith(StepOutcomeUnknownException.class.getName()));
	}

	String table() {
		return JournalTable.of(this.journal);
	}

}
