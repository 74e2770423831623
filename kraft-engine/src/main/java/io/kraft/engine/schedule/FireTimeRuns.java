package io.kraft.engine.schedule;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowNotFoundException;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.execution.Execution;
import io.kraft.engine.lifecycle.Clockwork;
import io.kraft.engine.lifecycle.Completion;
import io.kraft.engine.lifecycle.StartRequest;
import io.kraft.engine.operation.WorkflowCall;
import io.kraft.engine.run.DerivedIds;
import io.kraft.engine.run.RandomUuids;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.ScheduleRow;
import org.jspecify.annotations.Nullable;

/**
 * The runs of a schedule.
 */
final class FireTimeRuns {

	private final String schedule;

	private final WorkflowDefinition workflow;

	private final Execution execution;

	private final Clockwork clockwork;

	FireTimeRuns(String schedule, WorkflowDefinition workflow, Execution execution, Clockwork clockwork) {
		this.schedule = schedule;
		this.workflow = workflow;
		this.execution = execution;
		this.clockwork = clockwork;
	}

	/**
	 * The run of a fire time, to be started.
	 */
	StartRequest ofFireTime(Instant fireTime) {
		return request(idOf(fireTime), fireTime);
	}

	/**
	 * Starts a run and records its fire time, in one commit.
	 */
	void start(StartRequest request, ScheduleRow row) {
		this.execution.start(request, List.of(new Change.ScheduleChanged(row)));
	}

	/**
	 * Starts a run outside of the fire times.
	 * @return its id
	 */
	String trigger() {
		Instant now = this.clockwork.clock().instant().truncatedTo(ChronoUnit.MILLIS);
		return this.execution
			.start(request(DerivedIds.of(this.schedule, "@manual-" + RandomUuids.next(this.clockwork.random())), now))
			.id();
	}

	private StartRequest request(String id, Instant at) {
		Object[] arguments = this.workflow.signature().parameterTypes().isEmpty() ? new Object[0] : new Object[] { at };
		return this.execution.node()
			.requests()
			.ofClient(new WorkflowCall(this.workflow, arguments), StartOptions.defaults().id(id));
	}

	/**
	 * Whether the run of a fire time has not ended.
	 * @param fireTime null if there is none
	 */
	boolean isOpen(@Nullable Instant fireTime) {
		return fireTime != null
				&& this.execution.store().run(idOf(fireTime)).filter((row) -> !row.status().isTerminal()).isPresent();
	}

	/**
	 * Completes when the run of a fire time has ended, or the engine stops. A caller that
	 * gives it up cancels it.
	 */
	CompletableFuture<?> completion(Instant fireTime) {
		try {
			return this.execution.completions().of(idOf(fireTime));
		}
		catch (WorkflowNotFoundException ex) {
			return CompletableFuture.<@Nullable Completion>completedFuture(null);
		}
	}

	String idOf(Instant fireTime) {
		return DerivedIds.of(this.schedule, "@" + fireTime);
	}

}
