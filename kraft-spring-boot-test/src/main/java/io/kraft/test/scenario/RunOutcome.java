package io.kraft.test.scenario;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.kraft.client.JournalView;
import io.kraft.client.Page;
import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowDescription;
import io.kraft.client.WorkflowQuery;
import io.kraft.test.journal.JournalTable;
import io.kraft.workflow.StepOutcomeUnknownException;

/**
 * What has become of a run.
 *
 * @param text for comparison, and for people
 * @param journal of it
 */
record RunOutcome(String id, String text, List<JournalView> journal) {

	/**
	 * What has become of all runs, by their ids.
	 */
	static Map<String, RunOutcome> all(WorkflowClient client) {
		Map<String, RunOutcome> outcomes = new TreeMap<>();
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

	private static RunOutcome of(WorkflowDescription run, WorkflowClient client) {
		List<JournalView> journal = client.journal(run.id());
		String end = run.failure()
			.or(() -> journal.getLast().kind().equals("end") ? journal.getLast().outcome() : run.waitingFor())
			.map((text) -> " (" + text + ")")
			.orElse("");
		return new RunOutcome(run.id(), run.name() + " is " + run.status() + end, journal);
	}

	/**
	 * Whether a step's outcome was unknown, so that the run may have come to another one
	 * with good reason.
	 */
	boolean hasUnknownStep() {
		return this.journal.stream()
			.anyMatch((view) -> view.kind().equals("step") && view.failure()
				.filter((failure) -> failure.startsWith(StepOutcomeUnknownException.class.getName()))
				.isPresent());
	}

	String table() {
		return JournalTable.of(this.journal);
	}

}
