package io.kraft.engine.routing;

import java.util.List;

import io.kraft.engine.store.RunRow;

/**
 * A run as its partition has it now.
 *
 * @param row what is durable
 * @param activities of its branches that are in a step at this moment; empty if there are
 * none, or the run is not in memory
 */
public record RunView(RunRow row, List<Activity> activities) {

	/**
	 * Which run it is.
	 */
	public StartedRun run() {
		return new StartedRun(this.row.id(), this.row.number());
	}

}
