package io.kraft.workflow;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

/**
 * What a run can do besides calling steps. Inject it, or take {@link #current()}: it acts
 * for the run that calls it, and every method throws {@link NotInWorkflowException} on a
 * thread that is not a run's. Inside a step only the identity methods work.
 * <p>
 * The operations are journaled: a replay takes their results from the journal. Each takes
 * the next position of the run, so that their order must not depend on anything but the
 * journal. In a run that is cancelled each throws {@link WorkflowCancelledException}.
 *
 * {@snippet class = "io.kraft.example.OrderWorkflow" region = "context"}
 *
 * @since 0.1.0
 */
public interface WorkflowContext {

	/**
	 * The context of the run that the calling thread executes.
	 * @throws NotInWorkflowException if the calling thread executes none
	 */
	static WorkflowContext current() {
		return ContextBinding.workflow();
	}

	/**
	 * A context to inject: it delegates each call to the context of the run that calls
	 * it.
	 */
	static WorkflowContext ofCallingRun() {
		return CallingRunContext.INSTANCE;
	}

	/**
	 * Id of the run, chosen at its start.
	 */
	String workflowId();

	/**
	 * Name of the workflow type.
	 */
	String workflowName();

	/**
	 * The version of the workflow that this run began with.
	 */
	int workflowVersion();

	/**
	 * Whether the next operation will be replayed from the journal. For logging; a
	 * workflow that acts on it is not deterministic.
	 */
	boolean isReplaying();

	/**
	 * The present time, journaled: a replay sees the same instant.
	 */
	Instant now();

	/**
	 * Waits, across restarts. The wait is not shortened by a restart and may end late,
	 * but never early.
	 * @param duration how long; zero or less returns immediately
	 */
	void sleep(Duration duration);

	/**
	 * Waits, across restarts, until the wall clock shows the given instant.
	 * @param instant when to continue; one in the past returns immediately
	 */
	void sleepUntil(Instant instant);

	/**
	 * A random UUID, journaled: a replay sees the same one.
	 */
	UUID randomUuid();

	/**
	 * The run's random number generator: its seed is recorded with the start of the run,
	 * so that a replay draws the same numbers. Not for secrets.
	 */
	RandomGenerator random();

	/**
	 * Executes a short piece of non-deterministic code and journals its result; unlike a
	 * step it is not retried. A crash before the result is durable executes it again.
	 * @param name recorded in the journal and compared on replay
	 * @param type type as which the result is read back
	 * @return the journaled result
	 * @throws StepFailedException if the code threw an exception that cannot be restored;
	 * an unchecked exception of the JDK or of Kraft is thrown as itself
	 */
	<T extends @Nullable Object> T sideEffect(String name, Class<T> type, Callable<T> code);

	/**
	 * As {@link #sideEffect(String, Class, Callable)}, for types with type arguments.
	 */
	<T extends @Nullable Object> T sideEffect(String name, TypeRef<T> type, Callable<T> code);

	/**
	 * As {@link #sideEffect(String, Class, Callable)}, without a result.
	 */
	void sideEffect(String name, ThrowingRunnable code);

	/**
	 * Calls a step by its name, as if its method were called: for code that does not know
	 * the bean, such as an interpreter. Exceptions are thrown as they are, checked ones
	 * too. A step that this application does not have pauses the run.
	 * @param type as which the result is wanted
	 * @param arguments as many as the step has parameters, and of their types
	 * @return the step's result; of an asynchronous step its value
	 * @throws InvalidCallException if the type or the arguments do not fit the step
	 */
	<T extends @Nullable Object> T call(String stepName, Class<T> type, @Nullable Object... arguments);

	/**
	 * As {@link #call(String, Class, Object...)}, for types with type arguments.
	 */
	<T extends @Nullable Object> T call(String stepName, TypeRef<T> type, @Nullable Object... arguments);

	/**
	 * Waits for a signal, across restarts. Signals of a name are taken in the order in
	 * which they were sent, each once, also those that were sent before. A signal without
	 * a payload is not of this type: it pauses the run, as any payload of another type
	 * does.
	 * @return the payload
	 */
	<T extends @Nullable Object> T awaitSignal(String name, Class<T> type);

	/**
	 * As {@link #awaitSignal(String, Class)}, for types with type arguments.
	 */
	<T extends @Nullable Object> T awaitSignal(String name, TypeRef<T> type);

	/**
	 * As {@link #awaitSignal(String, Class)}, at most for the given time.
	 * @return empty if the time was over first
	 */
	<T> Optional<T> awaitSignal(String name, Class<T> type, Duration timeout);

	/**
	 * As {@link #awaitSignal(String, Class, Duration)}, for types with type arguments.
	 */
	<T> Optional<T> awaitSignal(String name, TypeRef<T> type, Duration timeout);

	/**
	 * As {@link #awaitSignal(String, Class)}, for signals without a payload; one that
	 * comes is not read.
	 */
	void awaitSignal(String name);

	/**
	 * As {@link #awaitSignal(String)}, at most for the given time.
	 * @return whether the signal came; false if the time was over first
	 */
	boolean awaitSignal(String name, Duration timeout);

	/**
	 * Sends a signal to another run, once.
	 * @throws KraftException {@code WorkflowNotFoundException} if there is no such run,
	 * {@code WorkflowEndedException} if it has ended
	 */
	void signal(String workflowId, String name, @Nullable Object payload);

	/**
	 * Publishes a value under a key, in place of the one before. It can be read from
	 * outside during the run and after it, as soon as it is durable.
	 */
	void publish(String key, @Nullable Object value);

	/**
	 * Opens a callback.
	 * @param type type as which its value is read
	 */
	<T extends @Nullable Object> Callback<T> callback(Class<T> type);

	/**
	 * As {@link #callback(Class)}, for types with type arguments.
	 */
	<T extends @Nullable Object> Callback<T> callback(TypeRef<T> type);

	/**
	 * The durable state of this run.
	 */
	WorkflowState state();

	/**
	 * Opens a branch: the code runs on a thread of its own, at the same time as the code
	 * behind this call. Its operations have positions below this one. A branch that is
	 * still open when the workflow returns is cancelled.
	 * @return to wait for what the code returns or throws
	 */
	<T extends @Nullable Object> DurableFuture<T> async(Callable<T> code);

	/**
	 * As {@link #async(Callable)}, without a result.
	 */
	DurableFuture<@Nullable Void> async(ThrowingRunnable code);

	/**
	 * Opens a branch for each code and waits for all. When all have ended, the first
	 * failure in the order of the list is thrown as it is, be it checked or not.
	 * @return the results in the order of the list
	 */
	<T extends @Nullable Object> List<T> parallel(List<? extends Callable<T>> codes);

	/**
	 * Starts a child run; does not wait for its end. A workflow that is called is a child
	 * run too; the call waits for its end. The child's id is {@code <parent>.<position>}
	 * unless its workflow chooses one; a run of that workflow that has the id already is
	 * the child. Cancelling this run cancels the children it waits for; the others
	 * continue.
	 * @param call makes one call of a {@code @Workflow} method, which is recorded instead
	 * of executed
	 * @return to wait for its result
	 * @throws InvalidCallException if the code makes no such call, or several, or fails
	 */
	<R extends @Nullable Object> DurableFuture<R> startChild(Callable<R> call);

	/**
	 * As {@link #startChild(Callable)}, for a workflow without result.
	 */
	DurableFuture<@Nullable Void> startChild(ThrowingRunnable call);

	/**
	 * Registers a compensation, executed if the run fails, times out or is cancelled
	 * later. One stack with the compensations of steps: last registered, first executed.
	 * The code may call steps. One that fails for good does not stop the others.
	 * @param name recorded in the journal and compared on replay
	 */
	void onFailure(String name, ThrowingRunnable code);

	/**
	 * Whether this run takes a changed path. Runs that were past this point before the
	 * change continue on the old one: put the changed code into an {@code if}, the old
	 * code into its {@code else}. Within a branch the first result for a change counts.
	 * @param changeId names the change; recorded in the journal and compared on replay
	 */
	boolean patched(String changeId);

	/**
	 * Restarts the run at the beginning of its workflow, in the highest version, with
	 * other arguments and a fresh journal: for workflows that never end. The id, the
	 * state, tags, signals that were not taken and the run's time-out stay; branches are
	 * cancelled, nothing is compensated. In the workflow's own code only, not in a
	 * branch.
	 * @param arguments as many as the workflow has parameters
	 * @return never
	 */
	@SuppressWarnings("TypeParameterUnusedInFormals") // Stands where a result is
														// returned.
	<R extends @Nullable Object> R continueAsNew(@Nullable Object... arguments);

	/**
	 * Executes code whose operations are not cancelled, such as clean-up after a
	 * cancellation. Exceptions are thrown as they are, checked ones too.
	 */
	<T extends @Nullable Object> T nonCancellable(Callable<T> code);

	/**
	 * As {@link #nonCancellable(Callable)}, without a result.
	 */
	void nonCancellable(ThrowingRunnable code);

}
