package io.kraft.engine.control;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

import io.kraft.engine.journal.JournalEntry.ChildStarted;
import io.kraft.engine.journal.JournalEntry.FailureTraced;
import io.kraft.engine.journal.JournalEntry.OperationCancelled;
import io.kraft.engine.journal.JournalEntry.SideEffectCompleted;
import io.kraft.engine.journal.JournalEntry.StepCompleted;
import io.kraft.engine.journal.JournalEntry.WaitEnded;
import io.kraft.engine.journal.OperationKind;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.journal.Position;
import io.kraft.engine.journal.RecordedJournal;
import io.kraft.engine.journal.RecordedOperation;

/**
 * What a retry makes again: on each line of execution that has seen the failure, all from
 * there on; what was cancelled because of it, and all behind that; and what futures were
 * combined to. A child whose failure it was stays, but its end is forgotten. Pure.
 *
 * @param forgotten what the journal is to forget
 * @param children the starts of the children to be retried, by the positions of the
 * operations
 */
record RetryPlan(List<RecordedOperation> forgotten, Map<Position, ChildStarted> children) {

	/**
	 * The plan for the journal of a failed run.
	 * @param allFailed whether the decision of combined futures says so
	 */
	static RetryPlan of(RecordedJournal recorded, Predicate<Payload> allFailed) {
		FailureTraced failure = recorded.failure();
		Set<Position> single = new HashSet<>();
		LineCuts cuts = new LineCuts();
		Map<Position, ChildStarted> children = new TreeMap<>();
		if (failure == null || failure.from().isEmpty()) {
			single.addAll(lastFailures(recorded, failure != null));
		}
		else {
			failure.from().forEach(cuts::add);
			for (Position position : failure.children()) {
				RecordedOperation child = recorded.operations().get(position);
				if (child != null && child.first() instanceof ChildStarted started) {
					children.put(position, started);
				}
				else {
					// It could not even be started.
					single.add(position);
				}
			}
		}
		for (RecordedOperation operation : recorded.inOrder()) {
			if (operation.completedBy() instanceof OperationCancelled) {
				cuts.add(operation.position());
			}
			else if (isDecidedByFailure(operation, allFailed)) {
				single.add(operation.position());
			}
		}
		List<RecordedOperation> forgotten = recorded.inOrder()
			.stream()
			.filter((operation) -> single.contains(operation.position()) || cuts.isBehind(operation.position()))
			.toList();
		forgotten.forEach((operation) -> children.remove(operation.position()));
		return new RetryPlan(forgotten, children);
	}

	/**
	 * Where the origin of the failure is not known: what has failed as the last of its
	 * line.
	 * @param onlyOfRun whether the run's own line counts only, because it is known that
	 * its own code has failed
	 */
	private static List<Position> lastFailures(RecordedJournal recorded, boolean onlyOfRun) {
		Map<Position, Position> lastOfLine = new HashMap<>();
		recorded.operations()
			.keySet()
			.forEach((position) -> lastOfLine.merge(position.parent(), position,
					(one, other) -> (one.compareTo(other) >= 0) ? one : other));
		return lastOfLine.values()
			.stream()
			.filter((position) -> !onlyOfRun || position.depth() == 1)
			.filter((position) -> hasFailed(Objects.requireNonNull(recorded.operations().get(position))))
			.toList();
	}

	private static boolean hasFailed(RecordedOperation operation) {
		return operation.kind() != OperationKind.CHILD && switch (operation.completedBy()) {
			case StepCompleted step -> step.outcome() instanceof Outcome.Failed;
			case SideEffectCompleted effect -> effect.outcome() instanceof Outcome.Failed;
			case WaitEnded wait -> wait.outcome() instanceof Outcome.Failed;
			case null, default -> false;
		};
	}

	private static boolean isDecidedByFailure(RecordedOperation operation, Predicate<Payload> allFailed) {
		return switch (operation.kind()) {
			case ALL_OF -> true;
			case FIRST_SUCCESS -> operation.completedBy() instanceof WaitEnded wait
					&& wait.outcome() instanceof Outcome.Success(var decision) && allFailed.test(decision);
			default -> false;
		};
	}

	/**
	 * The positions that the journal is to forget.
	 */
	List<Position> positions() {
		return this.forgotten.stream().map(RecordedOperation::position).toList();
	}

}
