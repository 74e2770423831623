package io.kraft.client;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.kraft.workflow.InvalidCallException;
import io.kraft.workflow.ThrowingRunnable;
import io.kraft.workflow.UnknownWorkflowException;
import io.kraft.workflow.WorkflowCancelledException;
import org.jspecify.annotations.Nullable;

/**
 * Starts runs, and inspects and operates them. Thread-safe.
 * <p>
 * A start is acknowledged (the method returns, the future completes) when it is durable.
 * What blocks is refused on a thread that must not, such as Reactor's event loop: use its
 * asynchronous twin there. A null for an argument that is not declared to take one is an
 * {@link InvalidCallException}, before anything is done.
 */
public interface WorkflowClient {

	/**
	 * Starts a run; does not wait for its end.
	 * @param call makes one call of a {@code @Workflow} method, which is recorded instead
	 * of executed; it returns null, zero or false there
	 * @return the run; an existing one when its id is taken
	 * @throws InvalidCallException if the lambda makes no such call, or several, or fails
	 * @throws OverloadedException if the engine cannot take more work now
	 * @throws BlockingCallException on a thread that must not block
	 */
	<R extends @Nullable Object> WorkflowHandle<R> start(Callable<R> call);

	/**
	 * As {@link #start(Callable)}, with options.
	 * @throws WorkflowAlreadyExistsException as {@link IfExists} defines
	 */
	<R extends @Nullable Object> WorkflowHandle<R> start(StartOptions options, Callable<R> call);

	/**
	 * As {@link #start(Callable)}, for a workflow without result.
	 */
	WorkflowHandle<@Nullable Void> start(ThrowingRunnable call);

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
	<R extends @Nullable Object> CompletableFuture<WorkflowHandle<R>> startAsync(Callable<R> call);

	/**
	 * Twin of {@link #start(StartOptions, Callable)} that does not block.
	 */
	<R extends @Nullable Object> CompletableFuture<WorkflowHandle<R>> startAsync(StartOptions options,
			Callable<R> call);

	/**
	 * Twin of {@link #start(ThrowingRunnable)} that does not block.
	 */
	CompletableFuture<WorkflowHandle<@Nullable Void>> startAsync(ThrowingRunnable call);

	/**
	 * Twin of {@link #start(StartOptions, ThrowingRunnable)} that does not block.
	 */
	CompletableFuture<WorkflowHandle<@Nullable Void>> startAsync(StartOptions options, ThrowingRunnable call);

	/**
	 * Twin of {@link #start(String, StartOptions, Object...)} that does not block.
	 */
	CompletableFuture<WorkflowHandle<@Nullable Object>> startAsync(String name, StartOptions options,
			@Nullable Object... arguments);

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
	<R extends @Nullable Object> WorkflowHandle<R> enqueue(String queue, Callable<R> call);

	/**
	 * As {@link #enqueue(String, Callable)}, with options.
	 */
	<R extends @Nullable Object> WorkflowHandle<R> enqueue(String queue, EnqueueOptions options, Callable<R> call);

	/**
	 * As {@link #enqueue(String, Callable)}, for a step without result.
	 */
	WorkflowHandle<@Nullable Void> enqueue(String queue, ThrowingRunnable call);

	/**
	 * As {@link #enqueue(String, EnqueueOptions, Callable)}, for a step without result.
	 */
	WorkflowHandle<@Nullable Void> enqueue(String queue, EnqueueOptions options, ThrowingRunnable call);

	/**
	 * Twin of {@link #enqueue(String, Callable)} that does not block. The lambda and the
	 * encoding of the arguments run on the calling thread.
	 */
	<R extends @Nullable Object> CompletableFuture<WorkflowHandle<R>> enqueueAsync(String queue, Callable<R> call);

	/**
	 * Twin of {@link #enqueue(String, ThrowingRunnable)} that does not block.
	 */
	CompletableFuture<WorkflowHandle<@Nullable Void>> enqueueAsync(String queue, ThrowingRunnable call);

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
	 * The durable signals and completions of callbacks that a run has not taken yet, in
	 * the order in which it takes them; none of a run that has ended.
	 * @throws WorkflowNotFoundException if the id is unknown
	 */
	List<MessageView> messages(String id);

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
	 * @param position of an operation, as {@link JournalView#position()}
	 * @throws InvalidCallException if the journal has no such position
	 */
	WorkflowHandle<@Nullable Object> restartFrom(String id, String position);

	/**
	 * A handle for the id; never throws for an unknown one.
	 */
	WorkflowHandle<@Nullable Object> handle(String id);

	/**
	 * A handle for the id whose result is read as the given type.
	 */
	<R> WorkflowHandle<R> handle(String id, Class<R> type);

	/**
	 * What is known of the run; empty if the id is unknown.
	 */
	Optional<WorkflowDescription> find(String id);

	/**
	 * Lists runs, newest first. The work is bounded whatever the number of runs.
	 * @throws IllegalArgumentException if the cursor is invalid
	 */
	Page<WorkflowDescription> list(WorkflowQuery query);

	/**
	 * The run's journal, an item for each operation, in the order of their first entries.
	 * @throws WorkflowNotFoundException if the id is unknown
	 */
	List<JournalView> journal(String id);

	/**
	 * What an operator needs to know about a run.
	 * @throws WorkflowNotFoundException if the id is unknown
	 */
	WorkflowDetail inspect(String id);

	/**
	 * Checks whether runs that have not ended would continue with the code of this
	 * process: replays copies of their journals. No step is entered, nothing is written,
	 * and the runs are not touched; the code of their workflows is executed up to where
	 * each stands. Costs a read and a replay of each journal, and a read of each further
	 * row; the journals of some sixty runs are in memory at a time.
	 * @throws OverloadedException if another check is under way
	 * @throws BlockingCallException on a thread that must not block
	 */
	ReplayCheckReport checkReplay(ReplayCheckQuery query);

	/**
	 * What went wrong with a run, with its causes and its stack trace: what it has ended
	 * with, or the last failed attempt of what it does now. Reading it costs as much as
	 * reading the run's journal.
	 * @return empty if nothing went wrong, or the run has recovered from it
	 * @throws WorkflowNotFoundException if the id is unknown
	 */
	Optional<RunFailure> failure(String id);

	/**
	 * The entries of the run's journal as they were written, in order. A run that is
	 * continued as new begins a fresh journal, whose sequences start again at 0.
	 * @param from the sequence of the first one, at least 0
	 * @param limit most entries, 1 to 10,000
	 * @return fewer than the limit if there are no more
	 * @throws WorkflowNotFoundException if the id is unknown
	 */
	List<EntryView> entries(String id, int from, int limit);

	/**
	 * The whole journal of a run as a JSON text of the format {@code kraft-journal/1},
	 * which a test can replay against other code. Payloads are in it as they are, those
	 * that a codec has wrapped unwrapped: it may hold secrets.
	 * @throws WorkflowNotFoundException if the id is unknown
	 */
	String export(String id);

	/**
	 * Notifies a listener of what becomes durable about runs, in order, one event after
	 * another on a thread of the engine. A slow listener delays the others, and while
	 * some ten thousand events wait, the engine drops new ones. What a listener throws is
	 * logged.
	 */
	Subscription subscribe(Consumer<? super WorkflowEvent> listener);

	/**
	 * Notifies a listener when something becomes durable about one run: its journal has
	 * more entries, or its status changed. Several changes may be one notification. The
	 * listener is called on a thread of the engine.
	 * @throws WorkflowNotFoundException if the id is unknown
	 */
	Subscription watch(String id, Runnable listener);

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

	/**
	 * The schedules of this application, in the order of their names.
	 */
	List<ScheduleDescription> schedules();

	/**
	 * Pauses a schedule until it is resumed, also across restarts; durable when it
	 * returns. Its runs continue. A schedule that is paused stays so.
	 * @throws ScheduleNotFoundException if the name is unknown
	 */
	void pauseSchedule(String name);

	/**
	 * Resumes a paused schedule with its next fire time from now; misfires during the
	 * pause are not caught up. Durable when it returns. One that is not paused stays as
	 * it is.
	 * @throws ScheduleNotFoundException if the name is unknown
	 */
	void resumeSchedule(String name);

	/**
	 * Starts one run of a schedule's workflow now, independent of its fire times: also
	 * while the schedule is paused, or another run of it has not ended. A fire time that
	 * the workflow takes as its parameter is the present time.
	 * @return the run, with the id {@code <name>@manual-<uuid>}
	 * @throws ScheduleNotFoundException if the name is unknown
	 */
	WorkflowHandle<@Nullable Object> triggerSchedule(String name);

}
