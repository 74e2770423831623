package io.kraft.client;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

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
 * else of what the run has ended with, with those of its causes; null if there is none
 * @param failedIn the operation that made the run fail; null if it has not ended so, or
 * its code failed by itself
 * @param entries how many entries its journal has
 * @param input its arguments as a JSON array; null where they are not recorded
 * @param output its result as JSON; null until it is completed
 * @since 0.1.0
 */
public record WorkflowDetail(WorkflowDescription workflow, Instant since, List<OpenOperation> open,
		@Nullable String lastError, @Nullable FailedOperation failedIn, int entries, @Nullable String input,
		@Nullable String output) {

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
	 * @param lastError type and message of the last failed attempt; null if there is none
	 * @param dueAt when its timer, its time-out or its next attempt is due; else null
	 */
	public record OpenOperation(String position, String kind, String name, Instant since, int attempt,
			@Nullable String lastError, @Nullable Instant dueAt) {
	}

}
