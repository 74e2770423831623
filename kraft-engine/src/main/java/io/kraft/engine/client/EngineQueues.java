package io.kraft.engine.client;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

import io.kraft.client.EnqueueOptions;
import io.kraft.client.QueueDescription;
import io.kraft.client.QueueOperations;
import io.kraft.client.RequiredArgument;
import io.kraft.client.WorkflowHandle;
import io.kraft.engine.operation.CallCapture;
import io.kraft.engine.operation.StepCall;
import io.kraft.engine.routing.Call;
import io.kraft.engine.routing.StartCommand;
import io.kraft.workflow.ThrowingRunnable;
import org.jspecify.annotations.Nullable;

/**
 * Puts items into the queues of an engine, and operates these.
 */
final class EngineQueues implements QueueOperations {

	private static final String ENQUEUE = "WorkflowClient.enqueue";

	private static final String ENQUEUE_ASYNC = "WorkflowClient.enqueueAsync";

	private final ClientCalls calls;

	private final QueuePauses pauses;

	EngineQueues(ClientCalls calls) {
		this.calls = calls;
		this.pauses = new QueuePauses(calls.routing());
	}

	@Override
	public <R extends @Nullable Object> WorkflowHandle<R> enqueue(String queue, EnqueueOptions options,
			Callable<R> call) {
		checkArguments(ENQUEUE, queue, options, call);
		return enqueueAndWait(queue, options, CallCapture.ofStep(call));
	}

	@Override
	public WorkflowHandle<@Nullable Void> enqueue(String queue, EnqueueOptions options, ThrowingRunnable call) {
		checkArguments(ENQUEUE, queue, options, call);
		return enqueueAndWait(queue, options, CallCapture.ofStep(ClientCalls.callable(call)));
	}

	@Override
	public <R extends @Nullable Object> CompletableFuture<WorkflowHandle<R>> enqueueAsync(String queue,
			EnqueueOptions options, Callable<R> call) {
		checkArguments(ENQUEUE_ASYNC, queue, options, call);
		return enqueueAsync(queue, options, CallCapture.ofStep(call));
	}

	@Override
	public CompletableFuture<WorkflowHandle<@Nullable Void>> enqueueAsync(String queue, EnqueueOptions options,
			ThrowingRunnable call) {
		checkArguments(ENQUEUE_ASYNC, queue, options, call);
		return enqueueAsync(queue, options, CallCapture.ofStep(ClientCalls.callable(call)));
	}

	@Override
	public List<QueueDescription> queues() {
		Map<String, QueueDescription> byName = new TreeMap<>();
		this.calls.all()
			.forEach((partition) -> partition.queues(Call.OWN)
				.forEach((queue) -> byName.merge(queue.queue().name(), queue, EngineQueues::sum)));
		return List.copyOf(byName.values());
	}

	@Override
	public void pauseQueue(String name) {
		RequiredArgument.check("WorkflowClient.pauseQueue", "name", name);
		this.calls.checkChange("WorkflowClient.pauseQueue(…)");
		this.pauses.pause(name);
	}

	@Override
	public void resumeQueue(String name) {
		RequiredArgument.check("WorkflowClient.resumeQueue", "name", name);
		this.calls.checkChange("WorkflowClient.resumeQueue(…)");
		this.pauses.resume(name);
	}

	/** Of the same queue in two partitions. */
	private static QueueDescription sum(QueueDescription one, QueueDescription other) {
		return new QueueDescription(one.queue(), one.paused() || other.paused(), one.scheduled() + other.scheduled(),
				one.pending() + other.pending(), one.active() + other.active(), one.dead() + other.dead());
	}

	private static void checkArguments(String method, String queue, EnqueueOptions options, Object call) {
		RequiredArgument.check(method, "queue", queue);
		RequiredArgument.check(method, "options", options);
		RequiredArgument.check(method, "call", call);
	}

	private <R extends @Nullable Object> WorkflowHandle<R> enqueueAndWait(String queue, EnqueueOptions options,
			StepCall call) {
		this.calls.guard().check(ENQUEUE + "(…)", ENQUEUE_ASYNC + "(…)");
		StartCommand command = this.calls.node().commands().ofItem(queue, call, options);
		return item(this.calls.start(command, ENQUEUE + "(…)", options.isImmediate()), call);
	}

	private <R extends @Nullable Object> CompletableFuture<WorkflowHandle<R>> enqueueAsync(String queue,
			EnqueueOptions options, StepCall call) {
		StartCommand command = this.calls.node().commands().ofItem(queue, call, options);
		return this.calls.startAsync(command, ENQUEUE_ASYNC + "(…)", options.isImmediate())
			.thenApply((id) -> item(id, call));
	}

	private <R extends @Nullable Object> WorkflowHandle<R> item(String id, StepCall call) {
		return this.calls.handle(id, call.step().signature().resultType(), call.step().resultStyle());
	}

}
