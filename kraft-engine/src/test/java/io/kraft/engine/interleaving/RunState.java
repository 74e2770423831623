package io.kraft.engine.interleaving;

import java.util.EnumSet;
import java.util.Set;

import io.kraft.client.WorkflowStatus;
import org.jspecify.annotations.Nullable;

/**
 * Where the run is when the first operation comes.
 */
enum RunState {

	SCHEDULED(WorkflowStatus.SCHEDULED, true),

	PENDING(WorkflowStatus.PENDING, true),

	IN_STEP(WorkflowStatus.RUNNING, true),

	/** Is unloaded as soon as it waits. */
	IN_STEP_UNPARKED(WorkflowStatus.RUNNING, false),

	ON_SIGNAL(WorkflowStatus.SUSPENDED, true),

	ON_TIMER(WorkflowStatus.SUSPENDED, true),

	ON_CALLBACK(WorkflowStatus.SUSPENDED, true),

	ON_CHILD(WorkflowStatus.SUSPENDED, true),

	UNLOADED_ON_SIGNAL(WorkflowStatus.SUSPENDED, false),

	UNLOADED_ON_TIMER(WorkflowStatus.SUSPENDED, false),

	UNLOADED_ON_CALLBACK(WorkflowStatus.SUSPENDED, false),

	UNLOADED_ON_CHILD(WorkflowStatus.SUSPENDED, false),

	PAUSED_BY_USER(WorkflowStatus.PAUSED, true),

	PAUSED_BY_ENGINE(WorkflowStatus.PAUSED, true),

	COMPLETED(WorkflowStatus.COMPLETED, true),

	/** With a signal in its inbox that it has not read. */
	FAILED(WorkflowStatus.FAILED, true),

	CANCELLED(WorkflowStatus.CANCELLED, true),

	TERMINATED(WorkflowStatus.TERMINATED, true),

	/** There was a run of the id, which has been deleted. */
	REMOVED(null, true);

	static final Set<RunState> ALL = EnumSet.allOf(RunState.class);

	static final Set<RunState> EXECUTING = EnumSet.of(IN_STEP, IN_STEP_UNPARKED);

	static final Set<RunState> ENDED = EnumSet.of(COMPLETED, FAILED, CANCELLED, TERMINATED);

	static final Set<RunState> NOT_ENDED = EnumSet.range(SCHEDULED, PAUSED_BY_ENGINE);

	static final Set<RunState> ON_SOME_TIMER = EnumSet.of(SCHEDULED, ON_TIMER, UNLOADED_ON_TIMER);

	static final Set<RunState> ON_SOME_CALLBACK = EnumSet.of(ON_CALLBACK, UNLOADED_ON_CALLBACK);

	static final Set<RunState> ON_SOME_CHILD = EnumSet.of(ON_CHILD, UNLOADED_ON_CHILD);

	private final @Nullable WorkflowStatus status;

	private final boolean parks;

	RunState(@Nullable WorkflowStatus status, boolean parks) {
		this.status = status;
		this.parks = parks;
	}

	/**
	 * The status of the run; null where there is none.
	 */
	@Nullable WorkflowStatus status() {
		return this.status;
	}

	/**
	 * Whether the engine keeps waiting runs in memory.
	 */
	boolean parks() {
		return this.parks;
	}

	boolean hasEnded() {
		return ENDED.contains(this);
	}

}
