package io.kraft.engine.client;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

import io.kraft.client.EnqueueOptions;
import io.kraft.client.QueueDescription;
import io.kraft.client.QueueOperations;
import io.kraft.client.RequiredArgument;
import io.kraft.client.WorkflowHandle;
import io.kraft.engine.execution.Execution;
import io.kraft.engine.lifecycle.StartRequest;
import io.kraft.engine.operation.CallCapture;
import io.kraft.engine.operation.StepCall;
import io.kraft.workflow.ThrowingRunnable;
import org.jspecify.annotations.Nullable;

/**
 * Puts items into the queues of an execution, and operates these.
 */
final class EngineQueues implements QueueOperations {

	private static final String ENQUEUE = "WorkflowClient.enqueue";

	private static final String ENQUEUE_ASYNC = "WorkflowClient.enqueueAsync";

	private final ClientCalls calls;

	EngineQueues(ClientCalls calls) {
		this.calls = calls;
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
		return this.calls.execution().queues().descriptions();
	}

	@Override
	public void pauseQueue(String name) {
		RequiredArgument.check("WorkflowClient.pauseQueue", "name", name);
		this.calls.forChange("WorkflowClient.pauseQueue(…)").queues().pause(name);
	}

	@Override
	public void resumeQueue(String name) {
		RequiredArgument.check("WorkflowClient.resumeQueue", "name", name);
		this.calls.forChange("WorkflowClient.resumeQueue(…)").queues().resume(name);
	}

	private static void checkArguments(String method, String queue, EnqueueOptions options, Object call) {
		RequiredArgument.check(method, "queue", queue);
		RequiredArgument.check(method, "options", options);
		RequiredArgument.check(method, "call", call);
	}

	private <R extends @Nullable Object> WorkflowHandle<R> enqueueAndWait(String queue, EnqueueOptions options,
			StepCall call) {
		this.calls.guard().check(ENQUEUE + "(…)", ENQUEUE_ASYNC + "(…)");
		Execution execution = this.calls.execution();
		StartRequest request = execution.requests().ofItem(queue, call, options);
		return item(this.calls.start(execution, request, ENQUEUE + "(…)", options.isImmediate()), call);
	}

	private <R extends @Nullable Object> CompletableFuture<WorkflowHandle<R>> enqueueAsync(String queue,
			EnqueueOptions options, StepCall call) {
		Execution execution = this.calls.execution();
		StartRequest request = execution.requests().ofItem(queue, call, options);
		return this.calls.startAsync(execution, request, ENQUEUE_ASYNC + "(…)", options.isImmediate())
			.thenApply((id) -> item(id, call));
	}

	private <R extends @Nullable Object> WorkflowHandle<R> item(String id, StepCall call) {
		return this.calls.handle(id, call.step().signature().resultType(), call.step().resultStyle());
	}

}
