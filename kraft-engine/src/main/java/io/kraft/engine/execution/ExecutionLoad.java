package io.kraft.engine.execution;

import java.time.Duration;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.lifecycle.LoadQueue;
import io.kraft.engine.lifecycle.ResultWaiters;
import io.kraft.engine.run.LoadedRuns;
import io.kraft.engine.run.RunEnvironment;

/**
 * How much an execution does at this moment, in numbers. Thread-safe.
 */
public final class ExecutionLoad {

	private final RunEnvironment environment;

	private final LoadedRuns loadedRuns;

	private final LoadQueue loads;

	private final ResultWaiters waiters;

	private final long interrupted;

	ExecutionLoad(RunEnvironment environment, LoadedRuns loadedRuns, LoadQueue loads, ResultWaiters waiters) {
		this.environment = environment;
		this.loadedRuns = loadedRuns;
		this.loads = loads;
		this.waiters = waiters;
		this.interrupted = environment.partition()
			.store()
			.counts()
			.values()
			.stream()
			.mapToLong((counts) -> counts.of(WorkflowStatus.RUNNING))
			.sum();
	}

	/**
	 * How many wake-ups wait in memory to be looked at.
	 */
	public int wakeups() {
		return this.loads.wakeups();
	}

	/**
	 * How many callers wait for the end of a run.
	 */
	public int waitersForEnds() {
		return this.waiters.size();
	}

	/**
	 * How many runs were executing when the engine last stopped.
	 */
	public long interrupted() {
		return this.interrupted;
	}

	/**
	 * How many of these were loaded again.
	 */
	public long recovered() {
		return this.loads.recovered();
	}

	/**
	 * How many runs are in a step, its retries included, for longer than a time. Looks at
	 * each run in memory.
	 */
	public long inStepFor(Duration time) {
		return this.loadedRuns.inStepSince(this.environment.clock().instant().minus(time));
	}

}
