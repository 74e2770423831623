package io.kraft.client;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

import io.kraft.workflow.ErrorCode;

/**
 * What may be done to a run, and in which status: the one table for the client, the
 * actuator, the web API and consoles.
 * <p>
 * An operation that is not allowed changes nothing. {@link RunOperations} accepts
 * {@link #CANCEL}, {@link #FAIL}, {@link #TERMINATE}, {@link #PAUSE} and {@link #RESUME}
 * of a run that has ended, and {@link #RETRY} of one that has not ended and is not
 * paused, so that a call can be repeated; it refuses the others with {@link #refusal}.
 * Actuator and web API refuse all of them, because an operator must be notified.
 *
 * {@snippet class = "io.kraft.example.ErrorAnswers" region = "operations"}
 *
 * @since 0.1.0
 */
public enum RunOperation {

	/** {@link RunOperations#signal}. */
	SIGNAL(Allowed.NOT_ENDED),

	/** {@link RunOperations#cancel}. */
	CANCEL(Allowed.NOT_ENDED),

	/** {@link RunOperations#failRun}. */
	FAIL(Allowed.NOT_ENDED),

	/** {@link RunOperations#terminate}. */
	TERMINATE(Allowed.NOT_ENDED),

	/** {@link RunOperations#pause}. */
	PAUSE(Allowed.NOT_ENDED),

	/**
	 * {@link RunOperations#resume}. Also allowed where the run is not paused: a pause
	 * that was requested may not have taken effect, and is withdrawn by it.
	 */
	RESUME(Allowed.NOT_ENDED),

	/** {@link RunOperations#retry}. */
	RETRY(Allowed.FAILED),

	/** {@link RunOperations#restart} and {@link RunOperations#restartFrom}. */
	RESTART(Allowed.ALWAYS),

	/** {@link RunOperations#discardMessage}. */
	DISCARD_MESSAGE(Allowed.NOT_ENDED),

	/** {@link RunOperations#replaceMessage}. */
	REPLACE_MESSAGE(Allowed.NOT_ENDED),

	/** {@link RunOperations#delete}. */
	DELETE(Allowed.ENDED);

	private final Allowed allowed;

	RunOperation(Allowed allowed) {
		this.allowed = allowed;
	}

	/**
	 * What may be done to a run in a status.
	 * @return cannot be changed
	 */
	public static Set<RunOperation> allowedIn(WorkflowStatus status) {
		return Arrays.stream(values())
			.filter((operation) -> operation.isAllowedIn(status))
			.collect(Collectors.collectingAndThen(Collectors.toCollection(() -> EnumSet.noneOf(RunOperation.class)),
					Collections::unmodifiableSet));
	}

	/**
	 * Whether it is allowed in a status.
	 */
	public boolean isAllowedIn(WorkflowStatus status) {
		return switch (this.allowed) {
			case ALWAYS -> true;
			case NOT_ENDED -> !status.isTerminal();
			case ENDED -> status.isTerminal();
			case FAILED -> status == WorkflowStatus.FAILED || status == WorkflowStatus.DEAD;
		};
	}

	/**
	 * The statuses in which it is allowed.
	 * @return cannot be changed
	 */
	public Set<WorkflowStatus> statuses() {
		return Arrays.stream(WorkflowStatus.values())
			.filter(this::isAllowedIn)
			.collect(Collectors.collectingAndThen(Collectors.toCollection(() -> EnumSet.noneOf(WorkflowStatus.class)),
					Collections::unmodifiableSet));
	}

	/**
	 * The error with which it is refused in a status in which it is not allowed.
	 */
	public ErrorCode refusal(WorkflowStatus status) {
		return status.isTerminal() ? ErrorCode.WORKFLOW_ENDED : ErrorCode.WORKFLOW_NOT_ENDED;
	}

	/**
	 * In which statuses.
	 */
	private enum Allowed {

		ALWAYS, NOT_ENDED, ENDED, FAILED

	}

}
