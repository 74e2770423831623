package io.kraft.client;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.kraft.workflow.KraftException;
import io.kraft.workflow.TypeRef;
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
 * {@snippet class = "io.kraft.example.OrderDesk" region = "handle"}
 *
 * @param <R> type of the result
 * @since 0.1.0
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
	 * As {@link #published(String, Class)}, for a generic type.
	 */
	<T> Optional<T> published(String key, TypeRef<T> type);

	/**
	 * As {@link RunOperations#signal(String, String, Object)}.
	 */
	void signal(String name, @Nullable Object payload);

	/**
	 * As {@link RunOperations#signal(String, String, Object, String)}.
	 */
	void signal(String name, @Nullable Object payload, String messageId);

	/**
	 * As {@link RunOperations#signalAsync(String, String, Object)}.
	 */
	CompletableFuture<@Nullable Void> signalAsync(String name, @Nullable Object payload);

	/**
	 * As {@link RunOperations#signalAsync(String, String, Object, String)}.
	 */
	CompletableFuture<@Nullable Void> signalAsync(String name, @Nullable Object payload, String messageId);

	/**
	 * As {@link RunOperations#cancel(String)}.
	 */
	void cancel();

	/**
	 * As {@link RunOperations#failRun(String, String)}.
	 */
	void failRun(String reason);

	/**
	 * As {@link RunOperations#terminate(String)}.
	 */
	void terminate();

	/**
	 * As {@link RunOperations#pause(String)}.
	 */
	void pause();

	/**
	 * As {@link RunOperations#resume(String)}.
	 */
	void resume();

	/**
	 * As {@link RunOperations#discardMessage(String, long)}.
	 */
	void discardMessage(long number);

	/**
	 * As {@link RunOperations#replaceMessage(String, long, Object)}.
	 */
	void replaceMessage(long number, @Nullable Object payload);

	/**
	 * As {@link RunOperations#delete(String)}.
	 */
	void delete();

	/**
	 * As {@link RunOperations#retry(String)}.
	 * @return this run
	 */
	WorkflowHandle<R> retry();

	/**
	 * As {@link RunOperations#restart(String)}.
	 * @return the new run, its result read as the type of this one's
	 */
	WorkflowHandle<R> restart();

	/**
	 * As {@link RunOperations#restartFrom(String, String)}.
	 * @return the new run, its result read as the type of this one's
	 */
	WorkflowHandle<R> restartFrom(String position);

	/**
	 * The status of the run now.
	 */
	WorkflowStatus status();

	/**
	 * What is known of the run now.
	 */
	WorkflowDescription describe();

}
