package io.kraft.workflow;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

/**
 * What a run can do besides calling steps. Inject it, or take {@link #current()}: it
 * speaks for the run that calls it, and every method throws
 * {@link NotInWorkflowException} on a thread that is not a run's. Inside a step only the
 * identity methods work.
 * <p>
 * The operations are journaled: a replay answers them from the journal. Each takes the
 * next position of the run, so that their order must not depend on anything but the
 * journal.
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
	 * A context to inject: each call is answered by the context of the run that calls it.
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
	 * Whether the next operation will be answered from the journal. For logging; a
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
	 * @param duration how long; zero or less returns at once
	 */
	void sleep(Duration duration);

	/**
	 * Waits, across restarts, until the wall clock shows the given instant.
	 * @param instant when to go on; one in the past returns at once
	 */
	void sleepUntil(Instant instant);

	/**
	 * A random UUID, journaled: a replay sees the same one.
	 */
	UUID randomUuid();

	/**
	 * The run's source of chance: its seed is recorded with the start of the run, so that
	 * a replay draws the same numbers. Not for secrets.
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
	 * Waits for a signal, across restarts. Signals of a name are taken in the order in
	 * which they were sent, each once, also those that were sent before.
	 * @return the payload
	 */
	<T extends @Nullable Object> T awaitSignal(String name, Class<T> type);

	/**
	 * As {@link #awaitSignal(String, Class)}, for types with type arguments.
	 */
	<T extends @Nullable Object> T awaitSignal(String name, TypeRef<T> type);

	/**
	 * As {@link #awaitSignal(String, Class)}, at most for the given time.
	 * @return empty if the time was over first, or if the payload is null
	 */
	<T> Optional<T> awaitSignal(String name, Class<T> type, Duration timeout);

	/**
	 * As {@link #awaitSignal(String, Class, Duration)}, for types with type arguments.
	 */
	<T> Optional<T> awaitSignal(String name, TypeRef<T> type, Duration timeout);

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

}
