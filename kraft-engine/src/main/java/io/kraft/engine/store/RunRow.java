package io.kraft.engine.store;

import java.time.Instant;
import java.util.Map;

import io.kraft.client.WorkflowStatus;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a run without its journal. Immutable; instants in whole milliseconds.
 *
 * @param number internal number, from 1, rising in the order of starts
 * @param id chosen at the start
 * @param name workflow name
 * @param version workflow version
 * @param step that a work item executes; null in a run of a workflow
 * @param status as of the last commit that changed it
 * @param reason why it is paused; else null
 * @param failure type and message of the exception that ended it; else null
 * @param tags labels given at the start
 * @param priority higher ones go first
 * @param parentId the run that started this one as a child; else null
 * @param createdAt when the start was called; never falls with rising number
 * @param startedAt when it first executed; null before
 * @param finishedAt when it ended; null before
 * @param expiresAt when it may be removed; null before its end, and if it is kept
 * @param currentStep the step whose retry it waits for; else null
 * @param attempt of that step; else 0
 * @param waitingFor what will wake it, for people; null while it does not wait
 */
public record RunRow(long number, String id, String name, int version, @Nullable String step, WorkflowStatus status,
		@Nullable String reason, @Nullable String failure, Map<String, String> tags, int priority,
		@Nullable String parentId, Instant createdAt, @Nullable Instant startedAt, @Nullable Instant finishedAt,
		@Nullable Instant expiresAt, @Nullable String currentStep, int attempt, @Nullable String waitingFor) {

	/** The reason of a run that a user has paused. */
	public static final String PAUSED_ON_REQUEST = "paused on request; resume it to let it go on";

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
		return new RunRow(number, id, name, version, step, WorkflowStatus.PENDING, null, null, tags, priority, parentId,
				createdAt, null, null, null, null, 0, null);
	}

	/**
	 * The row of a run that is to wait for its turn from a time on.
	 */
	public RunRow scheduled(String waitingFor) {
		return new RunRow(this.number, this.id, this.name, this.version, this.step, WorkflowStatus.SCHEDULED, null,
				null, this.tags, this.priority, this.parentId, this.createdAt, null, null, null, null, 0, waitingFor);
	}

	/**
	 * The row of a run that executes (again).
	 */
	public RunRow running(Instant now) {
		return new RunRow(this.number, this.id, this.name, this.version, this.step, WorkflowStatus.RUNNING, null, null,
				this.tags, this.priority, this.parentId, this.createdAt,
				(this.startedAt != null) ? this.startedAt : now, null, null, null, 0, null);
	}

	/**
	 * The row of a run that is to go on, or to begin, when it is its turn.
	 */
	public RunRow pending() {
		return new RunRow(this.number, this.id, this.name, this.version, this.step, WorkflowStatus.PENDING, null, null,
				this.tags, this.priority, this.parentId, this.createdAt, this.startedAt, null, null, null, 0, null);
	}

	/**
	 * The row of a run that goes on with a fresh journal.
	 */
	public RunRow continued(int version, Instant now) {
		RunRow running = running(now);
		return new RunRow(this.number, this.id, this.name, version, this.step, running.status(), null, null, this.tags,
				this.priority, this.parentId, this.createdAt, running.startedAt(), null, null, null, 0, null);
	}

	/**
	 * The row of a run that waits.
	 */
	public RunRow suspended(@Nullable String currentStep, int attempt, String waitingFor) {
		return new RunRow(this.number, this.id, this.name, this.version, this.step, WorkflowStatus.SUSPENDED, null,
				null, this.tags, this.priority, this.parentId, this.createdAt, this.startedAt, null, null, currentStep,
				attempt, waitingFor);
	}

	/**
	 * The row of a run that stopped with a reason.
	 */
	public RunRow paused(String reason) {
		return new RunRow(this.number, this.id, this.name, this.version, this.step, WorkflowStatus.PAUSED, reason, null,
				this.tags, this.priority, this.parentId, this.createdAt, this.startedAt, null, null, null, 0, null);
	}

	/**
	 * The row of a run that has ended.
	 * @param status a terminal one
	 * @param expiresAt when it may be removed; null if it is kept
	 */
	public RunRow ended(WorkflowStatus status, @Nullable String failure, Instant finishedAt,
			@Nullable Instant expiresAt) {
		return new RunRow(this.number, this.id, this.name, this.version, this.step, status, null, failure, this.tags,
				this.priority, this.parentId, this.createdAt, this.startedAt, finishedAt, expiresAt, null, 0, null);
	}

}
