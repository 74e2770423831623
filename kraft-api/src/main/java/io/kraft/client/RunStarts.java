package io.kraft.client;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

import io.kraft.workflow.InvalidCallException;
import io.kraft.workflow.ThrowingRunnable;
import io.kraft.workflow.UnknownWorkflowException;
import org.jspecify.annotations.Nullable;

/**
 * Starts runs of workflows. Thread-safe.
 * <p>
 * A start is acknowledged (the method returns, the future completes) when it is durable.
 * Inside a transaction of the application it waits for the commit, unless
 * {@link StartOptions#immediately()} is given. What blocks is refused on a thread that
 * must not, such as Reactor's event loop: use its asynchronous twin there. A null for an
 * argument that is not declared to take one is an {@link InvalidCallException}, before
 * anything is done.
 *
 * {@snippet class = "io.kraft.example.OrderDesk" region = "options"}
 *
 * @since 0.1.0
 */
public interface RunStarts {

	/**
	 * Starts a run; does not wait for its end.
	 * @param call makes one call of a {@code @Workflow} method, which is recorded instead
	 * of executed; it returns null, zero or false there
	 * @return the run; an existing one when its id is taken
	 * @throws InvalidCallException if the lambda makes no such call, or several, or fails
	 * @throws OverloadedException if the engine cannot take more work now
	 * @throws BlockingCallException on a thread that must not block
	 */
	default <R extends @Nullable Object> WorkflowHandle<R> start(Callable<R> call) {
		return start(StartOptions.defaults(), call);
	}

	/**
	 * As {@link #start(Callable)}, with options.
	 * @throws WorkflowAlreadyExistsException as {@link IfExists} defines
	 */
	<R extends @Nullable Object> WorkflowHandle<R> start(StartOptions options, Callable<R> call);

	/**
	 * As {@link #start(Callable)}, for a workflow without result.
	 */
	default WorkflowHandle<@Nullable Void> start(ThrowingRunnable call) {
		return start(StartOptions.defaults(), call);
	}

	/**
	 * As {@link #start(StartOptions, Callable)}, for a workflow without result.
	 */
	WorkflowHandle<@Nullable Void> start(StartOptions options, ThrowingRunnable call);

	/**
	 * Starts a run by the workflow's name, in its highest version.
	 * @throws UnknownWorkflowException if no workflow has that name
	 * @throws InvalidCallException if the arguments do not fit its parameters
	 */
	WorkflowHandle<@Nullable Object> start(String name, StartOptions options, @Nullable Object... arguments);

	/**
	 * Twin of {@link #start(Callable)} that does not block. The lambda and the encoding
	 * of the arguments run on the calling thread.
	 */
	default <R extends @Nullable Object> CompletableFuture<WorkflowHandle<R>> startAsync(Callable<R> call) {
		return startAsync(StartOptions.defaults(), call);
	}

	/**
	 * Twin of {@link #start(StartOptions, Callable)} that does not block.
	 */
	<R extends @Nullable Object> CompletableFuture<WorkflowHandle<R>> startAsync(StartOptions options,
			Callable<R> call);

	/**
	 * Twin of {@link #start(ThrowingRunnable)} that does not block.
	 */
	default CompletableFuture<WorkflowHandle<@Nullable Void>> startAsync(ThrowingRunnable call) {
		return startAsync(StartOptions.defaults(), call);
	}

	/**
	 * Twin of {@link #start(StartOptions, ThrowingRunnable)} that does not block.
	 */
	CompletableFuture<WorkflowHandle<@Nullable Void>> startAsync(StartOptions options, ThrowingRunnable call);

	/**
	 * Twin of {@link #start(String, StartOptions, Object...)} that does not block.
	 */
	CompletableFuture<WorkflowHandle<@Nullable Object>> startAsync(String name, StartOptions options,
			@Nullable Object... arguments);

}
