package io.kraft.engine.control;

import io.kraft.engine.journal.CancelCause;
import io.kraft.engine.journal.JournalEntry.OperationCancelled;
import io.kraft.engine.journal.Position;
import io.kraft.engine.journal.RecordedJournal;
import io.kraft.engine.journal.RecordedOperation;

/**
 * What a run that is restarted from a position keeps of the old one: what has an outcome
 * and comes before the position, but nothing that follows from a cancellation, as the new
 * run is not cancelled. That is what comes behind a cancelled operation on its line, and
 * all that was recorded after the first operation at which the whole run was cancelled:
 * its compensation too. Pure.
 */
final class RestartPlan {

	private final RecordedJournal recorded;

	private final Position from;

	private final LineCuts cuts = new LineCuts();

	/**
	 * The plan for a journal.
	 * @param from the position
	 */
	RestartPlan(RecordedJournal recorded, Position from) {
		this.recorded = recorded;
		this.from = from;
		int cancelledAt = recorded.inOrder()
			.stream()
			.filter(RestartPlan::isRunCancelled)
			.mapToInt(RecordedOperation::completedSequence)
			.min()
			.orElse(Integer.MAX_VALUE);
		for (RecordedOperation operation : recorded.inOrder()) {
			if (operation.completedBy() instanceof OperationCancelled || operation.completedSequence() > cancelledAt) {
				this.cuts.add(operation.position());
			}
		}
	}

	private static boolean isRunCancelled(RecordedOperation operation) {
		return operation.completedBy() instanceof OperationCancelled cancelled
				&& cancelled.cause() != CancelCause.BRANCH;
	}

	/**
	 * Whether an operation is kept.
	 */
	boolean keeps(Position position) {
		RecordedOperation operation = this.recorded.operations().get(position);
		return operation != null && operation.completedBy() != null && position.compareTo(this.from) < 0
				&& !this.cuts.isBehind(position);
	}

}
