package io.kraft.engine.routing;

import java.util.List;

/**
 * Finds the partition that has something, wherever it is hosted. Thread-safe; each method
 * throws an {@link io.kraft.client.EngineStoppedException} while the engine does not run.
 */
public interface Routing {

	/**
	 * The partition of a run, whether there is one of that id or not.
	 */
	RunService at(String id);

	/**
	 * A partition by its number.
	 */
	RunService at(int partition);

	/**
	 * The partition that fires a schedule.
	 */
	RunService ofSchedule(String name);

	/**
	 * How many partitions there are, hosted somewhere or not.
	 */
	int count();

	/**
	 * All partitions, in the order of their numbers.
	 */
	List<RunService> all();

}
