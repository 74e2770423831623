package io.kraft.cluster.routing;

import java.util.List;
import java.util.stream.IntStream;

import io.kraft.engine.routing.PartitionMap;
import io.kraft.engine.routing.Routing;
import io.kraft.engine.routing.RunService;

/**
 * Finds partitions of a cluster, wherever their leaders are at the moment of each call.
 * Thread-safe.
 */
public final class ClusterRouting implements Routing {

	private final PartitionMap map;

	private final List<RunService> partitions;

	ClusterRouting(PartitionMap map, PartitionCalls calls) {
		this.map = map;
		this.partitions = IntStream.range(0, map.partitions())
			.<RunService>mapToObj((number) -> new RemoteRuns(number, calls))
			.toList();
	}

	@Override
	public RunService at(String id) {
		return at(this.map.of(id));
	}

	@Override
	public RunService at(int partition) {
		return this.partitions.get(partition);
	}

	@Override
	public RunService ofSchedule(String name) {
		return at(this.map.ofSchedule(name));
	}

	@Override
	public int count() {
		return this.map.partitions();
	}

	@Override
	public List<RunService> all() {
		return this.partitions;
	}

}
