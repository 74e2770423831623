package io.kraft.engine.client;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

import io.kraft.client.EnqueueOptions;
import io.kraft.client.QueueDescription;
import io.kraft.client.QueueOperations;
import io.kraft.client.ReplayCheckQuery;
import io.kraft.client.ReplayCheckReport;
import io.kraft.client.RunStarts;
import io.kraft.client.ScheduleDescription;
import io.kraft.client.ScheduleOperations;
import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowHandle;
import io.kraft.engine.call.AsyncStarts;
import io.kraft.engine.call.BlockingGuard;
import io.kraft.engine.call.CallingNode;
import io.kraft.engine.routing.Routing;
import io.kraft.engine.transaction.TransactionGuard;
import io.kraft.workflow.ThrowingRunnable;
import org.jspecify.annotations.Nullable;

/**
 * The client of an engine in the same process. What it does is in a class for each of the
 * interfaces that make up a client.
 */
public final class EngineClient extends KnownRuns implements WorkflowClient {

	private final RunStarts starts;

	private final QueueOperations queues;

	private final ScheduleOperations schedules;

	/**
	 * A client of partitions.
	 * @param node on which it is called; throws while the engine does not run
	 * @param replays replays the runs that this node hosts
	 */
	public EngineClient(Routing routing, Supplier<CallingNode> node, EventHub events, AsyncStarts asyncStarts,
			BlockingGuard guard, TransactionGuard transactions, Function<ReplayCheckQuery, ReplayCheckReport> replays) {
		this(new ClientCalls(routing, node, asyncStarts, guard, transactions), events, replays);
	}

	private EngineClient(ClientCalls calls, EventHub events, Function<ReplayCheckQuery, ReplayCheckReport> replays) {
		super(new EngineRunOperations(calls, "WorkflowClient"), new EngineRunInspection(calls, events, replays));
		this.starts = new EngineRunStarts(calls);
		this.queues = new EngineQueues(calls);
		this.schedules = new EngineSchedules(calls);
	}

	@Override
	public <R extends @Nullable Object> WorkflowHandle<R> start(StartOptions options, Callable<R> call) {
		return this.starts.start(options, call);
	}

	@Override
	public WorkflowHandle<@Nullable Void> start(StartOptions options, ThrowingRunnable call) {
		return this.starts.start(options, call);
	}

	@Override
	public WorkflowHandle<@Nullable Object> start(String name, StartOptions options, @Nullable Object... arguments) {
		return this.starts.start(name, options, arguments);
	}

	@Override
	public <R extends @Nullable Object> CompletableFuture<WorkflowHandle<R>> startAsync(StartOptions options,
			Callable<R> call) {
		return this.starts.startAsync(options, call);
	}

	@Override
	public CompletableFuture<WorkflowHandle<@Nullable Void>> startAsync(StartOptions options, ThrowingRunnable call) {
		return this.starts.startAsync(options, call);
	}

	@Override
	public CompletableFuture<WorkflowHandle<@Nullable Object>> startAsync(String name, StartOptions options,
			@Nullable Object... arguments) {
		return this.starts.startAsync(name, options, arguments);
	}

	@Override
	public <R extends @Nullable Object> WorkflowHandle<R> enqueue(String queue, EnqueueOptions options,
			Callable<R> call) {
		return this.queues.enqueue(queue, options, call);
	}

	@Override
	public WorkflowHandle<@Nullable Void> enqueue(String queue, EnqueueOptions options, ThrowingRunnable call) {
		return this.queues.enqueue(queue, options, call);
	}

	@Override
	public <R extends @Nullable Object> CompletableFuture<WorkflowHandle<R>> enqueueAsync(String queue,
			EnqueueOptions options, Callable<R> call) {
		return this.queues.enqueueAsync(queue, options, call);
	}

	@Override
	public CompletableFuture<WorkflowHandle<@Nullable Void>> enqueueAsync(String queue, EnqueueOptions options,
			ThrowingRunnable call) {
		return this.queues.enqueueAsync(queue, options, call);
	}

	@Override
	public List<QueueDescription> queues() {
		return this.queues.queues();
	}

	@Override
	public void pauseQueue(String name) {
		this.queues.pauseQueue(name);
	}

	@Override
	public void resumeQueue(String name) {
		this.queues.resumeQueue(name);
	}

	@Override
	public List<ScheduleDescription> schedules() {
		return this.schedules.schedules();
	}

	@Override
	public void pauseSchedule(String name) {
		this.schedules.pauseSchedule(name);
	}

	@Override
	public void resumeSchedule(String name) {
		this.schedules.resumeSchedule(name);
	}

	@Override
	public WorkflowHandle<@Nullable Object> triggerSchedule(String name) {
		return this.schedules.triggerSchedule(name);
	}

}
