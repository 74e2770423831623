package io.kraft.example;

import io.kraft.client.RunOperation;
import io.kraft.client.WorkflowDescription;
import io.kraft.workflow.ErrorCode;
import io.kraft.workflow.KraftException;

/**
 * Answers errors over a network.
 */
class ErrorAnswers {

	String answer(KraftException failure) {
		// @start region = "answer"
		int status = ErrorCode.httpStatusOf(failure);
		boolean isWorthRepeating = ErrorCode.of(failure.code())
			.filter((code) -> code.repetition() == ErrorCode.Repetition.HELPS)
			.isPresent();
		// @end
		return status + " " + isWorthRepeating;
	}

	void buttons(WorkflowDescription run) {
		// @start region = "operations"
		for (RunOperation operation : RunOperation.allowedIn(run.status())) {
			System.out.println("You may " + operation);
		}
		// @end
	}

}
