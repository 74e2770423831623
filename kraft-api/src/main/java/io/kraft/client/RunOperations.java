package io.kraft.client;

import java.util.concurrent.CompletableFuture;

import io.kraft.workflow.InvalidCallException;
import io.kraft.workflow.WorkflowCancelledException;
import org.jspecify.annotations.Nullable;

/**
 * Sends messages to runs, and operates them. Thread-safe.
 * <p>
 * What may be done in which status is defined by {@link RunOperation}. A call is
 * acknowledged (the method returns, the future completes) when its effect is durable;
 * inside a transaction of the application signals, completions and cancellations wait for
 * the commit. What blocks is refused on a thread that must not. A null for an argument
 * that is not declared to take one is an {@link InvalidCallException}.
 *
 * @since 0.1.0
 */
public interface RunOperations {

	/**
	 * Sends a signal to a run; durable when it returns. The run may wait for it already,
	 * or later.
	 * @throws WorkflowNotFoundException if the id is unknown
	 * @throws WorkflowEndedException if the run has ended
	 * @throws UnexpectedPayloadException if the run waits in memory for this signal with
	 * a payload of another type; where that is not known, the signal is sent, and the run
	 * is paused when it takes it
	 */
	void signal(String id, String name, @Nullable Object payload);

	/**
	 * As {@link #signal(String, String, Object)}; a repeated message id is one signal.
	 */
	void signal(String id, String name, @Nullable Object payload, String messageId);

	/**
	 * Twin of {@link #signal(String, String, Object)} that does not block.
	 */
	CompletableFuture<@Nullable Void> signalAsync(String id, String name, @Nullable Object payload);

	/**
	 * Twin of {@link #signal(String, String, Object, String)} that does not block.
	 */
	CompletableFuture<@Nullable Void> signalAsync(String id, String name, @Nullable Object payload, String messageId);

	/**
	 * Completes a callback; durable when it returns. A second completion has no effect.
	 * @param token {@link io.kraft.workflow.Callback#token()}
	 * @throws WorkflowNotFoundException if it is not a token, or its run no longer exists
	 * @throws WorkflowEndedException if the run has ended without it
	 * @throws UnexpectedPayloadException if the run is in memory, and the callback is of
	 * another type; a null is of no type but {@code Void}
	 */
	void complete(String token, @Nullable Object value);

	/**
	 * Fails a callback: code that waits for it gets an exception with the message.
	 * Otherwise as {@link #complete}.
	 */
	void fail(String token, String message);

	/**
	 * Requests the cancellation of a run; durable when it returns. The run's next durable
	 * call throws {@link WorkflowCancelledException}, its steps are compensated as its
	 * code defines, and it ends as {@link WorkflowStatus#CANCELLED}, unless it catches
	 * the exception and returns. One that has not begun ends without its code being
	 * entered. A run that has ended stays as it is.
	 * @throws WorkflowNotFoundException if the id is unknown
	 */
	void cancel(String id);

	/**
	 * Makes a run fail, compensated as its code defines, as if the code had thrown at its
	 * next durable call; durable when it returns. There it is cancelled, as by
	 * {@link #cancel}; it ends as {@link WorkflowStatus#FAILED}, an item of a queue as
	 * {@link WorkflowStatus#DEAD}, with a {@code WorkflowFailedOnRequestException} that
	 * has the reason. A run that is paused, for example because the attempts of a step
	 * are exhausted, is resumed for that; one whose code cannot continue is paused again,
	 * and fails when it can. A run that has ended stays as it is.
	 * @param reason human-readable
	 * @throws WorkflowNotFoundException if the id is unknown
	 */
	void failRun(String id, String reason);

	/**
	 * Ends a run immediately, as {@link WorkflowStatus#TERMINATED}; durable when it
	 * returns. Nothing is compensated; a step that runs is interrupted, and its outcome
	 * is not recorded. A run that has ended stays as it is.
	 * @throws WorkflowNotFoundException if the id is unknown
	 */
	void terminate(String id);

	/**
	 * Pauses a run at its next durable call; durable when it returns. It is
	 * {@link WorkflowStatus#PAUSED} when the step that it is in has finished, and stays
	 * so until it is resumed. A run that has ended stays as it is.
	 * @throws WorkflowNotFoundException if the id is unknown
	 */
	void pause(String id);

	/**
	 * Resumes a paused run, whatever the reason of the pause; other runs stay as they
	 * are.
	 * @throws WorkflowNotFoundException if the id is unknown
	 */
	void resume(String id);

	/**
	 * Removes a message that a run has not taken, such as one that pauses it; durable
	 * when it returns. The run is not resumed by it. A callback can be completed again by
	 * its token. The message id of a signal stays known: a repetition of it has no
	 * effect, and a new signal needs another one.
	 * @param number {@link MessageView#number()}
	 * @throws WorkflowNotFoundException if the id is unknown
	 * @throws WorkflowEndedException if the run has ended
	 * @throws MessageNotFoundException if the run has no such message, or has taken it
	 */
	void discardMessage(String id, long number);

	/**
	 * Puts another payload in place of that of a message that a run has not taken;
	 * durable when it returns. Its number, its place among the others and its time stay,
	 * and its message id stays known. The run is not resumed by it. A callback that was
	 * failed is completed by it.
	 * @param number {@link MessageView#number()}
	 * @param payload one that the run cannot read pauses it again, where its type is not
	 * known yet: the run is paused, or not in memory
	 * @throws WorkflowNotFoundException if the id is unknown
	 * @throws WorkflowEndedException if the run has ended
	 * @throws MessageNotFoundException if the run has no such message, or has taken it
	 * @throws InboxFullException if the payload is larger than the one before, and there
	 * is no room for it
	 * @throws UnexpectedPayloadException as {@link #signal(String, String, Object)} and
	 * {@link #complete}
	 */
	void replaceMessage(String id, long number, @Nullable Object payload);

	/**
	 * Removes a run that has ended, with its journal; its id is unknown from then on.
	 * @throws WorkflowNotFoundException if the id is unknown
	 * @throws WorkflowNotEndedException if it has not ended
	 */
	void delete(String id);

	/**
	 * Continues a failed run from what failed: steps that have succeeded stay completed,
	 * the one that failed gets new attempts. A time-out of the run no longer applies. A
	 * run that has not ended and is not paused stays as it is: a second retry has no
	 * effect.
	 * @throws WorkflowNotFoundException if the id is unknown
	 * @throws WorkflowNotEndedException if it is paused: {@link #resume} resumes it,
	 * {@link #failRun} makes it fail
	 * @throws WorkflowEndedException if it has ended otherwise, or has been compensated
	 */
	WorkflowHandle<@Nullable Object> retry(String id);

	/**
	 * Starts a new run, {@code <id>~2}, {@code ~3} and so on, with the input, the tags
	 * and the time-out of a run that exists, in the highest version of its workflow.
	 * @throws WorkflowNotFoundException if the id is unknown
	 */
	WorkflowHandle<@Nullable Object> restart(String id);

	/**
	 * As {@link #restart}, in the same version, keeping what the journal holds before a
	 * position, but nothing that follows from a cancellation.
	 * @param position of an operation, as {@link OperationView#position()}
	 * @throws InvalidCallException if the journal has no such position
	 */
	WorkflowHandle<@Nullable Object> restartFrom(String id, String position);

}
