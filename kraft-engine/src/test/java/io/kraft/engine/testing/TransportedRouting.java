package io.kraft.engine.testing;

import java.util.List;

import io.kraft.engine.routing.Routing;
import io.kraft.engine.routing.RunService;

/**
 * Finds partitions as if each were on another node.
 *
 * @param target finds them in fact
 * @param repeats whether the answer to the first attempt of each request is lost
 */
record TransportedRouting(Routing target, boolean repeats) implements Routing {

	@Override
	public int count() {
		return this.target.count();
	}

	@Override
	public RunService at(String id) {
		return transported(this.target.at(id));
	}

	@Override
	public RunService at(int partition) {
		return transported(this.target.at(partition));
	}

	@Override
	public RunService ofSchedule(String name) {
		return transported(this.target.ofSchedule(name));
	}

	@Override
	public List<RunService> all() {
		return this.target.all().stream().map(this::transported).toList();
	}

	private RunService transported(RunService service) {
		return new TransportedRuns(service, this.repeats);
	}

}
