package io.kraft.engine.call;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import io.kraft.engine.routing.Call;
import io.kraft.engine.routing.RunService;
import io.kraft.engine.routing.StartCommand;
import io.kraft.engine.routing.StartedRun;
import io.kraft.engine.supervision.EngineThreads;
import io.kraft.engine.supervision.WorkInFlight;
import org.jspecify.annotations.Nullable;

/**
 * Starts runs without blocking the caller: the wait for the disk is a virtual thread's.
 */
public final class AsyncStarts {

	private final Executor virtualThreads;

	public AsyncStarts(EngineThreads threads) {
		this.virtualThreads = (task) -> threads.virtual("kraft-start", task).start();
	}

	/**
	 * Completes when the action is done.
	 * @param work counts it
	 */
	public CompletableFuture<@Nullable Void> run(WorkInFlight work, Runnable action) {
		return CompletableFuture.supplyAsync(() -> {
			action.run();
			return null;
		}, work.counting(this.virtualThreads));
	}

	/**
	 * Completes with the run when it is durable.
	 * @param work counts it
	 */
	public CompletableFuture<StartedRun> start(WorkInFlight work, RunService service, StartCommand command) {
		return CompletableFuture.supplyAsync(() -> service.start(Call.OWN, command),
				work.counting(this.virtualThreads));
	}

}
