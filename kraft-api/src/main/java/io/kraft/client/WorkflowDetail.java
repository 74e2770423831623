package io.kraft.client;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What an operator needs to know about a run: where it is, since when, which attempt,
 * what went wrong last, what will wake it. A snapshot; reading it costs as much as
 * reading the run's journal.
 *
 * @param workflow what is known without the journal
 * @param since when its present situation began: the time of the last fact about it, or
 * of the beginning of what it does now
 * @param open the operations that are not completed, in the order of their beginning:
 * more than one while parallel branches execute; empty in a run that has ended
 * @param lastError type and message of the last failed attempt among the open operations,
 * else of what the run has ended with, with those of its causes
 * @param failedIn the operation that made the run fail; empty if it has not ended so, or
 * its code failed by itself
 * @param entries how many entries its journal has
 * @param input its arguments as a JSON array
 * @param output its result as JSON; empty until it is completed
 */
public record WorkflowDetail(WorkflowDescription workflow, Instant since, List<OpenOperation> open,
		Optional<String> lastError, Optional<FailedOperation> failedIn, int entries, Optional<String> input,
		Optional<String> output) {

	public WorkflowDetail {
		open = List.copyOf(open);
	}

	/**
	 * An operation of a run that is not completed.
	 *
	 * @param position path of the operation, as {@link OperationView#position()}
	 * @param kind as {@link OperationView#kind()}
	 * @param name of the step, the signal, …; empty where it has none
	 * @param since when its present attempt, or its wait, began
	 * @param attempt of a step, the present one or the next, from 1; else 0
	 * @param lastError type and message of the last failed attempt
	 * @param dueAt when its timer, its time-out or its next attempt is due
	 */
	public record OpenOperation(String position, String kind, String name, Instant since, int attempt,
			Optional<String> lastError, Optional<Instant> dueAt) {
	}

}
