package io.kraft.spring.boot.autoconfigure.actuate;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.kraft.client.WorkflowDescription;
import io.kraft.client.WorkflowStatus;

/**
 * What an operator can do to a run, and in which status.
 */
enum WorkflowAction {

	/** {@link io.kraft.client.WorkflowClient#cancel}. */
	CANCEL(open()),

	/** {@link io.kraft.client.WorkflowClient#terminate}. */
	TERMINATE(open()),

	/** {@link io.kraft.client.WorkflowClient#pause}. */
	PAUSE(open()),

	/** {@link io.kraft.client.WorkflowClient#resume}. */
	RESUME(EnumSet.of(WorkflowStatus.PAUSED)),

	/** {@link io.kraft.client.WorkflowClient#retry}. */
	RETRY(EnumSet.of(WorkflowStatus.FAILED, WorkflowStatus.DEAD)),

	/** {@link io.kraft.client.WorkflowClient#restart}. */
	RESTART(EnumSet.allOf(WorkflowStatus.class)),

	/** {@link io.kraft.client.WorkflowClient#signal}. */
	SIGNAL(open());

	private final Set<WorkflowStatus> statuses;

	WorkflowAction(Set<WorkflowStatus> statuses) {
		this.statuses = statuses;
	}

	private static Set<WorkflowStatus> open() {
		return Stream.of(WorkflowStatus.values())
			.filter((status) -> !status.isTerminal())
			.collect(Collectors.toCollection(() -> EnumSet.noneOf(WorkflowStatus.class)));
	}

	/**
	 * The action of a name, which is in lower case; empty if there is none.
	 */
	static Optional<WorkflowAction> named(String name) {
		return Stream.of(values()).filter((action) -> action.text().equals(name)).findFirst();
	}

	/**
	 * The names of all, for people.
	 */
	static String known() {
		return Arrays.stream(values()).map(WorkflowAction::text).collect(Collectors.joining(", "));
	}

	private String text() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Checks that the action means something to the run as it is.
	 * @throws WrongStatusException if it does not
	 */
	void checkSuits(WorkflowDescription run) {
		if (!this.statuses.contains(run.status())) {
			throw new WrongStatusException("The run '" + run.id() + "' is " + run.status() + ", and '" + text()
					+ "' is for runs that are " + this.statuses.stream().map(Enum::name).collect(Collectors.joining(", "))
					+ ".", run.status());
		}
	}

}
