package io.kraft.engine.hosting;

import java.util.List;

import io.kraft.engine.routing.RunService;
import io.kraft.engine.store.OutboxEntry;

/**
 * Reaches the partitions that other nodes host: the extension point by which runs of
 * different nodes start and signal each other. Thread-safe.
 */
public interface Elsewhere {

	/**
	 * A partition by its number.
	 */
	RunService runs(int partition);

	/**
	 * Hands rows over to the partition that they are for.
	 * @return sequence of the last row of the source that the target has taken, durably
	 * @throws io.kraft.client.EngineStoppedException if it cannot be reached now; the
	 * rows are sent again
	 */
	long take(int target, int source, List<OutboxEntry> rows);

}
