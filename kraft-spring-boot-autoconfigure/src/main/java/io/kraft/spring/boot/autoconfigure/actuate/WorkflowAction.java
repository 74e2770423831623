package io.kraft.spring.boot.autoconfigure.actuate;

import java.util.Locale;
import java.util.stream.Stream;

import io.kraft.client.RunOperation;

/**
 * What an operator can do to a run: a method of the client of the same name, or
 * {@code failRun}, {@code discardMessage} or {@code replaceMessage}.
 */
enum WorkflowAction {

	CANCEL(RunOperation.CANCEL), FAIL(RunOperation.FAIL), TERMINATE(RunOperation.TERMINATE), PAUSE(RunOperation.PAUSE),
	RESUME(RunOperation.RESUME), RETRY(RunOperation.RETRY), RESTART(RunOperation.RESTART), SIGNAL(RunOperation.SIGNAL),
	DISCARD(RunOperation.DISCARD_MESSAGE), REPLACE(RunOperation.REPLACE_MESSAGE);

	private final RunOperation operation;

	WorkflowAction(RunOperation operation) {
		this.operation = operation;
	}

	/**
	 * The action of a name, which is in lower case.
	 * @throws NothingFoundException if there is none
	 */
	static WorkflowAction named(String name) {
		return Stream.of(values())
			.filter((action) -> action.text().equals(name))
			.findFirst()
			.orElseThrow(() -> NothingFoundException.unknown("action", name,
					Stream.of(values()).map(WorkflowAction::text).toList()));
	}

	private String text() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * What it does to a run.
	 */
	RunOperation operation() {
		return this.operation;
	}

}
