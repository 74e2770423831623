package io.kraft.engine.schedule;

import java.util.concurrent.CompletableFuture;

import io.kraft.engine.routing.Call;
import io.kraft.engine.routing.Completion;
import io.kraft.engine.routing.StartCommand;
import io.kraft.engine.run.Neighbours;

/**
 * The runs of schedules that belong to other partitions than the schedules themselves.
 * Thread-safe.
 */
public interface RunsElsewhere extends Neighbours {

	/**
	 * Starts a run; durable when it returns.
	 */
	void start(Call call, StartCommand command);

	/**
	 * Completes when the start of a run was taken by its partition; it is complete if it
	 * is not {@linkplain #isOnItsWay on its way}.
	 */
	CompletableFuture<?> arrival(String id);

	/**
	 * Completes when a run has ended. A caller that gives it up cancels it.
	 * @throws io.kraft.client.WorkflowNotFoundException if the id is unknown
	 */
	CompletableFuture<Completion> completion(String id);

}
