package io.kraft.engine.client;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

import io.kraft.client.RequiredArgument;
import io.kraft.client.RunStarts;
import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowHandle;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.operation.CallCapture;
import io.kraft.engine.operation.WorkflowCall;
import io.kraft.engine.routing.StartCommand;
import io.kraft.workflow.InvalidCallException;
import io.kraft.workflow.ThrowingRunnable;
import org.jspecify.annotations.Nullable;

/**
 * Starts runs of workflows in an engine.
 */
final class EngineRunStarts implements RunStarts {

	private static final String START = "WorkflowClient.start";

	private static final String START_ASYNC = "WorkflowClient.startAsync";

	private static final String ONE_NULL = "For one argument that is null, pass (Object) null";

	private final ClientCalls calls;

	EngineRunStarts(ClientCalls calls) {
		this.calls = calls;
	}

	@Override
	public <R extends @Nullable Object> WorkflowHandle<R> start(StartOptions options, Callable<R> call) {
		checkArguments(START, options, call);
		return startAndWait(options, CallCapture.ofWorkflow(call));
	}

	@Override
	public WorkflowHandle<@Nullable Void> start(StartOptions options, ThrowingRunnable call) {
		checkArguments(START, options, call);
		return startAndWait(options, CallCapture.ofWorkflow(ClientCalls.callable(call)));
	}

	@Override
	public WorkflowHandle<@Nullable Object> start(String name, StartOptions options, @Nullable Object... arguments) {
		return startAndWait(options, call(START, name, options, arguments));
	}

	@Override
	public <R extends @Nullable Object> CompletableFuture<WorkflowHandle<R>> startAsync(StartOptions options,
			Callable<R> call) {
		checkArguments(START_ASYNC, options, call);
		return startAsync(options, CallCapture.ofWorkflow(call));
	}

	@Override
	public CompletableFuture<WorkflowHandle<@Nullable Void>> startAsync(StartOptions options, ThrowingRunnable call) {
		checkArguments(START_ASYNC, options, call);
		return startAsync(options, CallCapture.ofWorkflow(ClientCalls.callable(call)));
	}

	@Override
	public CompletableFuture<WorkflowHandle<@Nullable Object>> startAsync(String name, StartOptions options,
			@Nullable Object... arguments) {
		return startAsync(options, call(START_ASYNC, name, options, arguments));
	}

	private static void checkArguments(String method, StartOptions options, Object call) {
		RequiredArgument.check(method, "options", options);
		RequiredArgument.check(method, "call", call);
	}

	private WorkflowCall call(String method, String name, StartOptions options, @Nullable Object[] arguments) {
		RequiredArgument.check(method, "name", name);
		RequiredArgument.check(method, "options", options);
		RequiredArgument.check(method, "arguments", arguments, ONE_NULL);
		WorkflowDefinition workflow = this.calls.node().commands().workflow(name);
		int expected = workflow.signature().parameterTypes().size();
		if (arguments.length != expected) {
			throw new InvalidCallException("workflow '" + name + "' takes " + expected + " arguments, "
					+ workflow.signature().parameterTypes() + ", but was started with " + arguments.length
					+ ". See docs/reference/errors.md#kraft-1008");
		}
		return new WorkflowCall(workflow, arguments);
	}

	private <R extends @Nullable Object> WorkflowHandle<R> startAndWait(StartOptions options, WorkflowCall call) {
		this.calls.guard().check(START + "(…)", START_ASYNC + "(…)");
		StartCommand command = this.calls.node().commands().ofClient(call, options);
		return handle(this.calls.start(command, START + "(…)", options.isImmediate()), call.workflow());
	}

	private <R extends @Nullable Object> CompletableFuture<WorkflowHandle<R>> startAsync(StartOptions options,
			WorkflowCall call) {
		StartCommand command = this.calls.node().commands().ofClient(call, options);
		return this.calls.startAsync(command, START_ASYNC + "(…)", options.isImmediate())
			.thenApply((id) -> handle(id, call.workflow()));
	}

	private <R extends @Nullable Object> WorkflowHandle<R> handle(String id, WorkflowDefinition workflow) {
		return this.calls.handle(id, workflow.signature().resultType(), workflow.resultStyle());
	}

}
