package io.kraft.engine.lifecycle;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.journal.JournalEntry.FailureTraced;
import io.kraft.engine.journal.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * How a run is to end.
 *
 * @param status a terminal one
 * @param failure of which the outcome is the record, for the log; null if there is none
 * @param traced where the failure has come from; null unless the run may be retried
 */
public record Conclusion(WorkflowStatus status, Outcome outcome, @Nullable Throwable failure,
		@Nullable FailureTraced traced) {

	public Conclusion(WorkflowStatus status, Outcome outcome) {
		this(status, outcome, null, null);
	}

}
