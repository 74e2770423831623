package io.kraft.engine.call;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import io.kraft.engine.execution.Execution;
import io.kraft.engine.lifecycle.StartRequest;
import io.kraft.engine.lifecycle.StartedRun;
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
	 */
	public CompletableFuture<StartedRun> start(Execution execution, StartRequest request) {
		return CompletableFuture.supplyAsync(() -> execution.start(request),
				execution.node().work().counting(this.virtualThreads));
	}

}
