package io.kraft.engine.hosting;

import java.util.List;

import io.kraft.engine.routing.Routing;
import io.kraft.engine.routing.RunService;

/**
 * Finds partitions that this node hosts.
 *
 * @param partitions of the node
 */
public record LocalRouting(Partitions partitions) implements Routing {

	@Override
	public RunService at(String id) {
		return this.partitions.of(id).runs();
	}

	@Override
	public RunService at(int partition) {
		return this.partitions.at(partition).runs();
	}

	@Override
	public RunService ofSchedule(String name) {
		return this.partitions.ofSchedule(name).runs();
	}

	@Override
	public int count() {
		return this.partitions.map().partitions();
	}

	@Override
	public List<RunService> all() {
		return this.partitions.each().stream().map(HostedPartition::runs).toList();
	}

}
