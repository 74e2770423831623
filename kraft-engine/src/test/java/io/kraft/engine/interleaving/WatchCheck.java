package io.kraft.engine.interleaving;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.interleaving.Stage.Watch;
import io.kraft.workflow.KraftException;
import io.kraft.workflow.WorkflowCancelledException;
import io.kraft.workflow.WorkflowFailedException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What those learned who waited for the end of a run: all of them something, and nobody
 * the end of another run.
 */
final class WatchCheck {

	private final Stage stage;

	private final Cell cell;

	WatchCheck(Stage stage, Cell cell) {
		this.stage = stage;
		this.cell = cell;
	}

	/**
	 * Fails unless all have learned what they may.
	 * @param original number of the run that was there in the beginning
	 */
	void check(long original) {
		for (Watch watch : this.stage.watches()) {
			assertThat(watch.result()).as("the result for who waits for '%s', started as %s", watch.id(), watch.label())
				.isDone();
			if (watch.id().equals(Stage.ID)) {
				check(watch, original);
			}
		}
	}

	private void check(Watch watch, long original) {
		try {
			Object result = watch.result().join();
			if (watch.label().equals("zero") || isReplacing(watch)) {
				assertThat(String.valueOf(result)).as("the result of the run started as %s", watch.label())
					.startsWith(watch.label());
			}
			checkEnd(watch, original, WorkflowStatus.COMPLETED);
		}
		catch (CompletionException | CancellationException ex) {
			checkFailure(watch, original, (ex.getCause() != null) ? ex.getCause() : ex);
		}
	}

	private void checkFailure(Watch watch, long original, Throwable failure) {
		switch (failure) {
			case WorkflowFailedException ex -> checkEnd(watch, original, WorkflowStatus.FAILED);
			case WorkflowCancelledException ex ->
				checkEnd(watch, original, WorkflowStatus.CANCELLED, WorkflowStatus.TERMINATED);
			case KraftException ex -> assertThat(isAllowed(ex)).as("the failure %s of who waits", ex).isTrue();
			default -> throw new AssertionError("who waits got what has no code: " + failure, failure);
		}
	}

	/** Of the run that was there in the beginning, and is not another one. */
	private void checkEnd(Watch watch, long original, WorkflowStatus... statuses) {
		if (watch.label().equals("zero")) {
			List<WorkflowStatus> ends = this.stage.endsOf(original);
			assertThat(ends).as("the ends of the first run, of which one was reported").containsAnyOf(statuses);
		}
	}

	private boolean isReplacing(Watch watch) {
		Operation operation = watch.label().equals("first") ? this.cell.first() : this.cell.second();
		Operation other = watch.label().equals("first") ? this.cell.second() : this.cell.first();
		return (operation == Operation.START_REPLACE || operation == Operation.START_FAIL)
				&& other != Operation.START_REPLACE;
	}

	private boolean isAllowed(KraftException failure) {
		if (this.cell.first().endsEngine() || this.cell.second().endsEngine()) {
			return true;
		}
		return failure.code().equals(Answer.UNKNOWN_ID.code())
				&& (removes(this.cell.first()) || removes(this.cell.second()));
	}

	private static boolean removes(Operation operation) {
		return operation == Operation.DELETE || operation == Operation.SWEEP;
	}

}
