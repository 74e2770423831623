package io.kraft.engine.hosting;

import java.util.Collection;
import java.util.List;

import io.kraft.client.EngineStoppedException;
import io.kraft.engine.channel.ChannelBarrier;
import io.kraft.engine.execution.NodeResources;
import io.kraft.engine.routing.PartitionMap;

/**
 * Finds the partition that has something. Thread-safe; each method throws an
 * {@link EngineStoppedException} while the engine does not run.
 */
public interface Partitions {

	/**
	 * The partition of a run, whether there is one of that id or not.
	 */
	HostedPartition of(String id);

	/**
	 * The partition that fires a schedule.
	 */
	HostedPartition ofSchedule(String name);

	/**
	 * A partition by its number.
	 */
	HostedPartition at(int number);

	/**
	 * Each partition there is, in the order of their numbers.
	 * @throws EngineStoppedException also if one of them is not hosted here
	 */
	List<HostedPartition> each();

	/**
	 * Where they learn of each other.
	 */
	ChannelBarrier barrier();

	/**
	 * Those that are hosted here, in the order of their numbers.
	 */
	Collection<HostedPartition> all();

	/**
	 * Which partition has what: also those that are not here at this moment.
	 */
	PartitionMap map();

	/**
	 * What they share.
	 */
	NodeResources node();

}
