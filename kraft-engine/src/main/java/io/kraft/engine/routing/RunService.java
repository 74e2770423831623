package io.kraft.engine.routing;

import java.util.concurrent.CompletableFuture;

import io.kraft.client.WorkflowAlreadyExistsException;
import io.kraft.client.WorkflowNotFoundException;
import org.jspecify.annotations.Nullable;

/**
 * What one partition answers, wherever it is hosted. Requests and answers hold payloads
 * and rows: values of the application are encoded and decoded by the caller, who has
 * their types. Each method but {@link #end} may block. Thread-safe; each method throws an
 * {@link io.kraft.client.EngineStoppedException} while the partition is not hosted.
 */
public interface RunService extends RunQueries, RunCommands, QueueCommands, ScheduleCommands {

	/**
	 * The number of the partition.
	 */
	int partition();

	/**
	 * Returns unless it is known here that the partition takes no work. Asks no other
	 * process.
	 * @throws io.kraft.workflow.KraftException why it does not
	 */
	void checkTakesWork();

	/**
	 * Starts a run, or finds the one that has its id; durable when it returns.
	 * @throws WorkflowAlreadyExistsException if a run has the id and is not taken for
	 * this one
	 */
	StartedRun start(Call call, StartCommand command);

	/**
	 * What is needed to start a new run with the input of an old one.
	 * @param position before which the new run keeps the journal of the old one; null if
	 * it keeps nothing
	 * @return to be started under a name, in the partition of that
	 * @throws WorkflowNotFoundException if the id is unknown
	 */
	StartCommand again(Call call, String id, @Nullable String position);

	/**
	 * Completes when the run that an id means now has ended. A caller that gives it up
	 * cancels it. Does not block.
	 * @throws WorkflowNotFoundException if the id is unknown; where the partition is
	 * elsewhere, the future fails with it
	 */
	CompletableFuture<Completion> end(Call call, String id);

	/**
	 * Completes when this very run has ended, as {@link #end(Call, String)}.
	 * @throws WorkflowNotFoundException if it was removed, also where another run has its
	 * id now
	 */
	CompletableFuture<Completion> end(Call call, StartedRun run);

}
