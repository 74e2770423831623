package io.kraft.engine.store;

import java.time.Instant;
import java.util.Map;

import io.kraft.client.RunOperation;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.journal.Position;
import io.kraft.engine.state.RunState;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a run without its journal: who it is, and its state. Immutable;
 * instants in whole milliseconds.
 *
 * @param number internal number, from 1, rising in the order of starts
 * @param id chosen at the start
 * @param name workflow name
 * @param version workflow version
 * @param step that a work item executes; null in a run of a workflow
 * @param tags labels given at the start
 * @param priority higher ones go first
 * @param parentId the run that started this one as a child; else null
 * @param createdAt when the start was called; never falls with rising number
 * @param startedAt when it first executed; null before
 * @param revision how often the row was changed; a change names the one that it was
 * decided on
 * @param state as of that revision
 */
public record RunRow(long number, String id, String name, int version, @Nullable String step, Map<String, String> tags,
		int priority, @Nullable String parentId, Instant createdAt, @Nullable Instant startedAt, long revision,
		RunState state) {

	/** The reason of a run that a user has paused. */
	public static final String PAUSED_ON_REQUEST = "paused on request; resume it to continue";

	public RunRow {
		tags = Map.copyOf(tags);
	}

	/**
	 * A run that waits for its turn.
	 */
	public static RunRow pending(long number, String id, String name, int version, Map<String, String> tags,
			Instant createdAt) {
		return pending(number, id, name, version, null, tags, 0, null, createdAt);
	}

	/**
	 * A run that waits for its turn.
	 * @param step that a work item executes; null in a run of a workflow
	 * @param parentId of the run that started it as its child; null if none did
	 */
	public static RunRow pending(long number, String id, String name, int version, @Nullable String step,
			Map<String, String> tags, int priority, @Nullable String parentId, Instant createdAt) {
		return new RunRow(number, id, name, version, step, tags, priority, parentId, createdAt, null, 0,
				new RunState.Pending());
	}

	/**
	 * The timer with which it is to start; null unless it is scheduled.
	 */
	public @Nullable Timer startTimer() {
		return (this.state instanceof RunState.Scheduled scheduled)
				? new Timer(scheduled.startsAt(), this.number, Position.ROOT) : null;
	}

	private RunRow with(RunState state) {
		return with(this.version, this.startedAt, state);
	}

	private RunRow with(int version, @Nullable Instant startedAt, RunState state) {
		return new RunRow(this.number, this.id, this.name, version, this.step, this.tags, this.priority, this.parentId,
				this.createdAt, startedAt, this.revision + 1, state);
	}

	/**
	 * The row of a run that is to wait for its turn from a time on.
	 */
	public RunRow scheduled(Instant startsAt) {
		return with(new RunState.Scheduled(startsAt));
	}

	/**
	 * The row of a run that executes (again).
	 */
	public RunRow running(Instant now) {
		return with(this.version, (this.startedAt != null) ? this.startedAt : now, new RunState.Running());
	}

	/**
	 * The row of a run that is to continue, or to begin, when it is its turn.
	 */
	public RunRow pending() {
		return with(new RunState.Pending());
	}

	/**
	 * The row of a run that continues with a fresh journal.
	 */
	public RunRow continued(int version, Instant now) {
		return with(version, (this.startedAt != null) ? this.startedAt : now, new RunState.Running());
	}

	/**
	 * The row of a run that is suspended.
	 */
	public RunRow suspended(@Nullable String currentStep, int attempt, String waitingFor) {
		return with(new RunState.Suspended(currentStep, attempt, waitingFor));
	}

	/**
	 * The row of a run that is paused with a reason.
	 */
	public RunRow paused(String reason) {
		return with(new RunState.Paused(reason, reason.equals(PAUSED_ON_REQUEST)));
	}

	/**
	 * The row of a run that has ended.
	 * @param status a terminal one
	 * @param expiresAt when it may be removed; null if it is kept
	 */
	public RunRow ended(WorkflowStatus status, @Nullable String failure, Instant finishedAt,
			@Nullable Instant expiresAt) {
		return with(new RunState.Ended(status, failure, finishedAt, expiresAt));
	}

	/**
	 * The status of its state.
	 */
	public WorkflowStatus status() {
		return this.state.status();
	}

	/**
	 * Why it is paused; else null.
	 */
	public @Nullable String reason() {
		return (this.state instanceof RunState.Paused paused) ? paused.reason() : null;
	}

	/**
	 * Whether an operation applies to the run as it is here.
	 * @return false if it has no effect
	 * @throws KraftException if it is refused, see {@link RunOperation#applies}
	 */
	public boolean admits(RunOperation operation) {
		return operation.applies(this.id, status(), reason());
	}

	/**
	 * Type and message of the exception that ended it; else null.
	 */
	public @Nullable String failure() {
		return (this.state instanceof RunState.Ended ended) ? ended.failure() : null;
	}

	/**
	 * When it ended; null before.
	 */
	public @Nullable Instant finishedAt() {
		return (this.state instanceof RunState.Ended ended) ? ended.finishedAt() : null;
	}

	/**
	 * When it may be removed; null before its end, and if it is kept.
	 */
	public @Nullable Instant expiresAt() {
		return (this.state instanceof RunState.Ended ended) ? ended.expiresAt() : null;
	}

	/**
	 * The step whose retry it waits for; else null.
	 */
	public @Nullable String currentStep() {
		return (this.state instanceof RunState.Suspended suspended) ? suspended.currentStep() : null;
	}

	/**
	 * The attempt of that step; else 0.
	 */
	public int attempt() {
		return (this.state instanceof RunState.Suspended suspended) ? suspended.attempt() : 0;
	}

	/**
	 * What will wake it, for display; null while it does not wait.
	 */
	public @Nullable String waitingFor() {
		return switch (this.state) {
			case RunState.Scheduled scheduled -> "start, due " + scheduled.startsAt();
			case RunState.Suspended suspended -> suspended.waitingFor();
			case RunState.Pending pending -> null;
			case RunState.Running running -> null;
			case RunState.Paused paused -> null;
			case RunState.Ended ended -> null;
		};
	}

}
