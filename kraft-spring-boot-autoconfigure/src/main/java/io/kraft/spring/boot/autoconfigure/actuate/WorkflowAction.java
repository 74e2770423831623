package io.kraft.spring.boot.autoconfigure.actuate;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.kraft.client.RunOperation;
import io.kraft.client.WorkflowDescription;
import io.kraft.client.WorkflowStatus;

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
	 * @throws UnknownNameException if there is none
	 */
	static WorkflowAction named(String name) {
		return Stream.of(values())
			.filter((action) -> action.text().equals(name))
			.findFirst()
			.orElseThrow(() -> new UnknownNameException("action", name,
					Stream.of(values()).map(WorkflowAction::text).toList()));
	}

	private String text() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Checks that the action applies to the run in its status.
	 * @throws WrongStatusException if it does not
	 */
	void checkSuits(WorkflowDescription run) {
		if (!this.operation.isAllowedIn(run.status())) {
			String suitable = this.operation.statuses()
				.stream()
				.map(WorkflowStatus::name)
				.collect(Collectors.joining(", "));
			String instead = (this == RETRY && run.status() == WorkflowStatus.PAUSED)
					? " Once the cause of the pause is fixed, 'resume' lets it continue; 'fail' lets it fail." : "";
			throw new WrongStatusException("The run '%s' is %s, and '%s' is for runs that are %s.%s".formatted(run.id(),
					run.status(), text(), suitable, instead), run.status(),
					this.operation.refusal(run.status()).code());
		}
	}

}
