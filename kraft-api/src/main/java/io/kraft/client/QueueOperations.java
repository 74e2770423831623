package io.kraft.client;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

import io.kraft.workflow.InvalidCallException;
import io.kraft.workflow.ThrowingRunnable;
import org.jspecify.annotations.Nullable;

/**
 * Puts calls of steps into queues, and operates queues. Thread-safe.
 * <p>
 * An item is acknowledged (the method returns, the future completes) when it is durable;
 * inside a transaction of the application it waits for the commit, unless
 * {@link EnqueueOptions#immediately()} is given. What blocks is refused on a thread that
 * must not. A null for an argument that is not declared to take one is an
 * {@link InvalidCallException}.
 *
 * {@snippet class = "io.kraft.example.OrderDesk" region = "queue"}
 *
 * @since 0.1.0
 */
public interface QueueOperations {

	/**
	 * Puts a call of a step into a queue; durable when it returns. It is executed when
	 * its turn has come, with the step's retries; an item whose attempts have all failed
	 * is {@link WorkflowStatus#DEAD}, and can be retried or deleted.
	 * @param queue its name; one that no {@link io.kraft.workflow.WorkQueue} bean
	 * declares has no limits
	 * @param call makes one call of a {@code @Step} method, which is recorded instead of
	 * executed; it returns null, zero or false there
	 * @return the item: a run whose only operation is the step
	 * @throws InvalidCallException if the lambda makes no such call, or several, or fails
	 * @throws OverloadedException if the engine cannot take more work now
	 * @throws BlockingCallException on a thread that must not block
	 */
	default <R extends @Nullable Object> WorkflowHandle<R> enqueue(String queue, Callable<R> call) {
		return enqueue(queue, EnqueueOptions.defaults(), call);
	}

	/**
	 * As {@link #enqueue(String, Callable)}, with options.
	 */
	<R extends @Nullable Object> WorkflowHandle<R> enqueue(String queue, EnqueueOptions options, Callable<R> call);

	/**
	 * As {@link #enqueue(String, Callable)}, for a step without result.
	 */
	default WorkflowHandle<@Nullable Void> enqueue(String queue, ThrowingRunnable call) {
		return enqueue(queue, EnqueueOptions.defaults(), call);
	}

	/**
	 * As {@link #enqueue(String, EnqueueOptions, Callable)}, for a step without result.
	 */
	WorkflowHandle<@Nullable Void> enqueue(String queue, EnqueueOptions options, ThrowingRunnable call);

	/**
	 * Twin of {@link #enqueue(String, Callable)} that does not block. The lambda and the
	 * encoding of the arguments run on the calling thread.
	 */
	default <R extends @Nullable Object> CompletableFuture<WorkflowHandle<R>> enqueueAsync(String queue,
			Callable<R> call) {
		return enqueueAsync(queue, EnqueueOptions.defaults(), call);
	}

	/**
	 * Twin of {@link #enqueue(String, ThrowingRunnable)} that does not block.
	 */
	default CompletableFuture<WorkflowHandle<@Nullable Void>> enqueueAsync(String queue, ThrowingRunnable call) {
		return enqueueAsync(queue, EnqueueOptions.defaults(), call);
	}

	/**
	 * Twin of {@link #enqueue(String, EnqueueOptions, Callable)} that does not block. The
	 * lambda and the encoding of the arguments run on the calling thread.
	 */
	<R extends @Nullable Object> CompletableFuture<WorkflowHandle<R>> enqueueAsync(String queue, EnqueueOptions options,
			Callable<R> call);

	/**
	 * Twin of {@link #enqueue(String, EnqueueOptions, ThrowingRunnable)} that does not
	 * block.
	 */
	CompletableFuture<WorkflowHandle<@Nullable Void>> enqueueAsync(String queue, EnqueueOptions options,
			ThrowingRunnable call);

	/**
	 * The queues that this application declares, and those that are paused or have items
	 * that have not ended well, in the order of their names.
	 */
	List<QueueDescription> queues();

	/**
	 * Pauses a queue until it is resumed, also across restarts: none of its items begins;
	 * durable when it returns. Attempts that have begun continue. A queue that is paused
	 * stays so.
	 */
	void pauseQueue(String name);

	/**
	 * Resumes a paused queue; durable when it returns. One that is not paused stays as it
	 * is.
	 */
	void resumeQueue(String name);

}
