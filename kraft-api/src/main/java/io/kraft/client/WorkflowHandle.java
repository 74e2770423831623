package io.kraft.client;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.kraft.workflow.KraftException;
import io.kraft.workflow.WorkflowCancelledException;
import io.kraft.workflow.WorkflowFailedException;
import io.kraft.workflow.WorkflowTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A run, by its id. Creating one costs nothing and does not check that the run exists;
 * every method throws {@link WorkflowNotFoundException} if it does not. A null for an
 * argument that is not declared to take one is an
 * {@link io.kraft.workflow.InvalidCallException}. Thread-safe.
 *
 * @param <R> type of the result
 */
public interface WorkflowHandle<R extends @Nullable Object> {

	/**
	 * Id of the run.
	 */
	String id();

	/**
	 * Waits until the run has ended, without a bound: {@code kraft.client.call-timeout}
	 * is one of direct calls. A paused run is waited for, too, because it may be resumed;
	 * the wait is logged.
	 * @return the result; where the handle was made by a call of a method that returns a
	 * {@code CompletionStage}, {@code Mono} or {@code Flux}, one that has its value
	 * @throws WorkflowFailedException if it failed; the cause is the workflow's own
	 * exception
	 * @throws WorkflowCancelledException if it was cancelled or terminated
	 * @throws WorkflowTimeoutException if its time was over
	 * @throws BlockingCallException on a thread that must not block
	 * @throws KraftException if this engine stops first; the run continues after the
	 * restart
	 */
	R result();

	/**
	 * Waits until the run has ended, at most for the given time.
	 * @throws ResultTimeoutException when the time is over; the run continues
	 */
	R result(Duration timeout);

	/**
	 * Completes when the run has ended, with what {@link #result()} returns or throws. A
	 * future that ends otherwise, because it was cancelled or by a time-out of its own,
	 * does not affect the run, and no longer waits for it. Futures that depend on it keep
	 * it, as those of the JDK do: cancel this one.
	 */
	CompletableFuture<R> resultAsync();

	/**
	 * The value that the run has published under the key.
	 * @return empty if nothing was published, or if the value is null
	 */
	<T> Optional<T> published(String key, Class<T> type);

	/**
	 * As {@link WorkflowClient#signal(String, String, Object)}.
	 */
	void signal(String name, @Nullable Object payload);

	/**
	 * As {@link WorkflowClient#cancel(String)}.
	 */
	void cancel();

	WorkflowStatus status();

	WorkflowDescription describe();

}
