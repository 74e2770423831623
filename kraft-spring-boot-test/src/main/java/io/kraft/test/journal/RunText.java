package io.kraft.test.journal;

import java.util.List;
import java.util.stream.Collectors;

import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowDescription;
import io.kraft.client.WorkflowDetail;
import io.kraft.client.WorkflowDetail.OpenOperation;
import io.kraft.client.WorkflowQuery;
import io.kraft.client.WorkflowStatus;
import io.kraft.workflow.KraftException;

/**
 * Describes runs.
 */
public final class RunText {

	private RunText() {
	}

	/**
	 * The state of a run, in half a sentence.
	 */
	public static String standing(WorkflowDescription run) {
		return "run '" + run.id() + "' (" + run.name() + ") is " + run.status()
				+ ((run.waitingFor() != null) ? ", waiting for " + run.waitingFor() : "")
				+ ((run.reason() != null) ? " because of " + run.reason() : "")
				+ ((run.failure() != null) ? " with " + run.failure() : "");
	}

	/**
	 * The state of a run, with its journal.
	 */
	public static String withJournal(WorkflowClient client, String id) {
		return client.find(id)
			.map((run) -> standing(run) + ". Its journal:\n" + JournalTable.of(client.operations(id)))
			.orElse("no run has the id '" + id + "'");
	}

	/**
	 * Which runs execute, and which steps, a line each.
	 */
	public static String executing(WorkflowClient client) {
		try {
			List<WorkflowDescription> runs = client
				.list(WorkflowQuery.all().status(WorkflowStatus.RUNNING, WorkflowStatus.PENDING))
				.items();
			String lines = runs.stream().map((run) -> line(client.inspect(run.id()))).collect(Collectors.joining());
			return lines.isEmpty() ? "  no run executes, but the engine itself is at work\n" : lines;
		}
		catch (KraftException ex) {
			return "  the engine does not report it: " + ex.getMessage() + "\n";
		}
	}

	private static String line(WorkflowDetail run) {
		String what = run.open()
			.stream()
			.filter((operation) -> operation.kind().equals("step"))
			.map(RunText::step)
			.collect(Collectors.joining(", "));
		return "  run '" + run.workflow().id() + "' (" + run.workflow().name() + ") "
				+ (what.isEmpty() ? "executes the workflow's own code" : "executes " + what) + "\n";
	}

	private static String step(OpenOperation step) {
		return "step '" + step.name() + "' at " + step.position() + ", attempt " + step.attempt() + ", since "
				+ step.since();
	}

}
