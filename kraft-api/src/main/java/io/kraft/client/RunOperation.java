package io.kraft.client;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import io.kraft.workflow.ErrorCode;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

import static io.kraft.client.RunOperation.Effect.APPLIED;
import static io.kraft.client.RunOperation.Effect.NONE;
import static io.kraft.client.RunOperation.Effect.REFUSED;

/**
 * What may be done to a run, and in which status: the one table by which the engine
 * decides, and the actuator, the web API and consoles.
 * <p>
 * An operation that is not allowed changes nothing. {@link RunOperations} refuses it with
 * {@link #refusal}, or accepts it without effect, so that a call can be repeated:
 * {@link #effectIn} has which. Actuator and web API refuse all that is not allowed,
 * because an operator must be notified.
 *
 * {@snippet class = "io.kraft.example.ErrorAnswers" region = "operations"}
 *
 * @since 0.1.0
 */
public enum RunOperation {

	// On a run that: has not ended, is paused, has failed, has ended otherwise.

	/** {@link RunOperations#signal}, and the completion of a callback. */
	SIGNAL("takes messages", APPLIED, APPLIED, REFUSED, REFUSED),

	/** {@link RunOperations#cancel}. */
	CANCEL("can be cancelled", APPLIED, APPLIED, NONE, NONE),

	/** {@link RunOperations#failRun}. */
	FAIL("can be made to fail", APPLIED, APPLIED, NONE, NONE),

	/** {@link RunOperations#terminate}. */
	TERMINATE("can be terminated", APPLIED, APPLIED, NONE, NONE),

	/** {@link RunOperations#pause}. */
	PAUSE("can be paused", APPLIED, APPLIED, NONE, NONE),

	/**
	 * {@link RunOperations#resume}. Also allowed where the run is not paused: a pause
	 * that was requested may not have taken effect, and is withdrawn by it.
	 */
	RESUME("can be resumed", APPLIED, APPLIED, NONE, NONE),

	/** {@link RunOperations#retry}. */
	RETRY("can be retried", NONE, REFUSED, APPLIED, REFUSED),

	/** {@link RunOperations#restart} and {@link RunOperations#restartFrom}. */
	RESTART("can be restarted", APPLIED, APPLIED, APPLIED, APPLIED),

	/** {@link RunOperations#discardMessage}. */
	DISCARD_MESSAGE("has messages to discard", APPLIED, APPLIED, REFUSED, REFUSED),

	/** {@link RunOperations#replaceMessage}. */
	REPLACE_MESSAGE("has messages to replace", APPLIED, APPLIED, REFUSED, REFUSED),

	/** {@link RunOperations#delete}. */
	DELETE("can be deleted", REFUSED, REFUSED, APPLIED, APPLIED);

	/** Ends a sentence about the runs to which it may be done. */
	private final String predicate;

	private final Effect notEnded;

	private final Effect paused;

	private final Effect failed;

	private final Effect ended;

	RunOperation(String predicate, Effect notEnded, Effect paused, Effect failed, Effect ended) {
		this.predicate = predicate;
		this.notEnded = notEnded;
		this.paused = paused;
		this.failed = failed;
		this.ended = ended;
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
	 * What {@link RunOperations} does with it, if the run is in a status.
	 */
	public Effect effectIn(WorkflowStatus status) {
		return switch (status) {
			case SCHEDULED, PENDING, RUNNING, SUSPENDED -> this.notEnded;
			case PAUSED -> this.paused;
			case FAILED, DEAD -> this.failed;
			case COMPLETED, CANCELLED, TIMED_OUT, TERMINATED -> this.ended;
		};
	}

	/**
	 * Whether it is allowed in a status.
	 */
	public boolean isAllowedIn(WorkflowStatus status) {
		return effectIn(status) == APPLIED;
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
	 * The exception with which it is refused in a status in which it is not allowed.
	 * @param reason why the run is paused; null if it is not, or that is not known
	 * @return a {@link WorkflowEndedException} or a {@link WorkflowNotEndedException}
	 */
	public KraftException refusal(String runId, WorkflowStatus status, @Nullable String reason) {
		String message = "run '" + runId + "' is " + status + ((reason != null) ? " (" + reason + ")" : "")
				+ ", and only a run that has " + condition() + " " + this.predicate + "." + fix(runId, status)
				+ " See docs/reference/errors.md#" + refusal(status).code().toLowerCase(Locale.ROOT);
		return status.isTerminal() ? new WorkflowEndedException(message, null, runId, status)
				: new WorkflowNotEndedException(message, null, runId, status);
	}

	private String condition() {
		if (this.ended == APPLIED) {
			return "ended";
		}
		return (this.failed == APPLIED) ? "failed" : "not ended";
	}

	private String fix(String runId, WorkflowStatus status) {
		if (this == DELETE) {
			return " Terminate it first.";
		}
		if (this != RETRY) {
			return "";
		}
		if (status == WorkflowStatus.PAUSED) {
			return " Once the cause of the pause is fixed, resume(\"" + runId + "\") lets it continue; failRun(\""
					+ runId + "\", reason) lets it fail, with compensation.";
		}
		return status.isTerminal() ? " Restart it as a new run." : "";
	}

	/**
	 * Refuses it, as an operator must be notified, unless it is allowed.
	 * @throws WorkflowEndedException if the run has ended, and it is not allowed
	 * @throws WorkflowNotEndedException if the run has not ended, and it is not allowed
	 */
	public void check(WorkflowDescription run) {
		if (!isAllowedIn(run.status())) {
			throw refusal(run.id(), run.status(), run.reason());
		}
	}

	/**
	 * Decides as {@link RunOperations} does.
	 * @param reason why the run is paused; null if it is not, or that is not known
	 * @return false if it has no effect
	 * @throws WorkflowEndedException if the run has ended, and it is refused
	 * @throws WorkflowNotEndedException if the run has not ended, and it is refused
	 */
	public boolean applies(String runId, WorkflowStatus status, @Nullable String reason) {
		return switch (effectIn(status)) {
			case APPLIED -> true;
			case NONE -> false;
			case REFUSED -> throw refusal(runId, status, reason);
		};
	}

	/**
	 * What becomes of an operation.
	 */
	public enum Effect {

		/** It is allowed, and done. */
		APPLIED,

		/** It is accepted, and changes nothing. */
		NONE,

		/** It is refused, and changes nothing. */
		REFUSED

	}

}
