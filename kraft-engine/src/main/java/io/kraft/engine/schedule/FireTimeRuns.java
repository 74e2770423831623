package io.kraft.engine.schedule;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.kraft.client.OverloadedException;
import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowNotFoundException;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.execution.Execution;
import io.kraft.engine.lifecycle.Clockwork;
import io.kraft.engine.lifecycle.StartRequest;
import io.kraft.engine.operation.WorkflowCall;
import io.kraft.engine.routing.Call;
import io.kraft.engine.routing.Completion;
import io.kraft.engine.run.DerivedIds;
import io.kraft.engine.run.RandomUuids;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.OutboxRow;
import io.kraft.engine.store.RunStart;
import io.kraft.engine.store.ScheduleRow;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * The runs of a schedule.
 */
final class FireTimeRuns {

	private final String schedule;

	private final WorkflowDefinition workflow;

	private final Execution execution;

	private final RunsElsewhere elsewhere;

	private final Clockwork clockwork;

	FireTimeRuns(String schedule, WorkflowDefinition workflow, Execution execution, RunsElsewhere elsewhere,
			Clockwork clockwork) {
		this.schedule = schedule;
		this.workflow = workflow;
		this.execution = execution;
		this.elsewhere = elsewhere;
		this.clockwork = clockwork;
	}

	/**
	 * The run of a fire time, to be started.
	 */
	StartRequest ofFireTime(Instant fireTime) {
		return request(idOf(fireTime), fireTime);
	}

	/**
	 * Starts a run and records its fire time, in one commit; where the run belongs to
	 * another partition, that commit has the request for it.
	 */
	void start(StartRequest request, Instant fireTime, ScheduleRow row) {
		Change recorded = new Change.ScheduleChanged(row);
		if (this.elsewhere.isHere(request.runId())) {
			this.execution.start(request, List.of(recorded));
			return;
		}
		RunStart run = new RunStart(request.workflow().name(), request.workflow().version(), request.workflow().step(),
				request.arguments(), request.timeout(), request.delay(), request.priority(), request.tags(),
				request.trace());
		this.execution.commit(List.of(recorded, this.elsewhere.added(new OutboxRow.Start(this.execution.nextRequestId(),
				request.runId(), this.schedule, fireTime, run, this.execution.now()))));
	}

	/**
	 * Starts a run outside of the fire times. Its id is made of that of the request: an
	 * attempt that finds the run elsewhere has started it.
	 * @return its id
	 */
	String trigger(Call call) {
		Instant now = this.clockwork.clock().instant().truncatedTo(ChronoUnit.MILLIS);
		Object unique = call.isTransported() ? call.id() : RandomUuids.next(this.clockwork.random());
		StartRequest request = request(DerivedIds.of(this.schedule, "@manual-" + unique), now);
		if (this.elsewhere.isHere(request.runId())) {
			this.execution.requests()
				.make(call, (answer) -> this.execution.start(request, answer).id(), (answer) -> request.runId());
		}
		else {
			this.elsewhere.start(call, request.command());
		}
		return request.runId();
	}

	private StartRequest request(String id, Instant at) {
		Object[] arguments = this.workflow.signature().parameterTypes().isEmpty() ? new Object[0] : new Object[] { at };
		return new StartRequest(this.workflow,
				this.execution.node()
					.commands()
					.ofClient(new WorkflowCall(this.workflow, arguments), StartOptions.defaults().id(id)));
	}

	/**
	 * Whether the run of a fire time has not ended.
	 * @throws OverloadedException if its partition is not reached now
	 * @param fireTime null if there is none
	 */
	boolean isOpen(@Nullable Instant fireTime) {
		if (fireTime == null) {
			return false;
		}
		String id = idOf(fireTime);
		if (this.elsewhere.isHere(id)) {
			return this.execution.store().run(id).filter((row) -> !row.status().isTerminal()).isPresent();
		}
		try {
			// In this order: it is there before it is no longer on its way.
			return this.elsewhere.isOnItsWay(id)
					|| this.elsewhere.find(id).filter((row) -> !row.status().isTerminal()).isPresent();
		}
		catch (KraftException ex) {
			throw notReached(id, ex);
		}
	}

	/** It is asked again. */
	private static OverloadedException notReached(String id, KraftException cause) {
		return new OverloadedException("the partition of run '" + id + "' is not reached: " + cause.getMessage());
	}

	/**
	 * Completes when the run of a fire time has ended, or the engine stops. A caller that
	 * gives it up cancels it.
	 * @throws OverloadedException if its partition is not reached now
	 */
	CompletableFuture<?> completion(Instant fireTime) {
		String id = idOf(fireTime);
		try {
			return this.elsewhere.isHere(id) ? this.execution.completions().of(id) : completionElsewhere(id);
		}
		catch (WorkflowNotFoundException ex) {
			return CompletableFuture.<@Nullable Completion>completedFuture(null);
		}
	}

	private CompletableFuture<?> completionElsewhere(String id) {
		boolean isOnItsWay = this.elsewhere.isOnItsWay(id);
		try {
			return this.elsewhere.completion(id);
		}
		catch (WorkflowNotFoundException ex) {
			if (isOnItsWay) {
				// The waiter looks again then.
				return this.elsewhere.arrival(id);
			}
			throw ex;
		}
		catch (KraftException ex) {
			throw notReached(id, ex);
		}
	}

	String idOf(Instant fireTime) {
		return DerivedIds.of(this.schedule, "@" + fireTime);
	}

}
