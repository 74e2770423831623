package io.kraft.engine.execution;

import java.util.List;

import io.kraft.client.WorkflowNotFoundException;
import io.kraft.engine.routing.Activity;
import io.kraft.engine.run.LoadedRun;
import io.kraft.engine.run.LoadedRuns;
import io.kraft.engine.run.RunEnvironment;
import io.kraft.engine.store.RunRow;

/**
 * Reads what runs are, and what they do at this moment. Thread-safe.
 */
public final class RunReads {

	private final RunEnvironment environment;

	private final LoadedRuns loadedRuns;

	RunReads(RunEnvironment environment, LoadedRuns loadedRuns) {
		this.environment = environment;
		this.loadedRuns = loadedRuns;
	}

	/**
	 * The row of a run.
	 * @throws WorkflowNotFoundException if the id is unknown
	 */
	public RunRow row(String id) {
		return this.environment.delivery().target(id);
	}

	/**
	 * What the branches of a run do at this moment that are in a step; empty if there are
	 * none, or the run is not in memory.
	 * @param run its number
	 */
	public List<Activity> activities(long run) {
		LoadedRun loaded = this.loadedRuns.find(run);
		return (loaded != null) ? loaded.branches().activities() : List.of();
	}

}
