package io.kraft.cluster.routing;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;

import io.kraft.cluster.transport.Address;
import io.kraft.engine.partition.Lease;
import io.kraft.engine.routing.PartitionMap;
import io.kraft.engine.routing.RunService;
import io.kraft.engine.routing.RunServiceContract;
import io.kraft.engine.timer.SystemScheduler;
import org.junit.jupiter.api.AfterEach;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A partition on another node, over a network that loses and repeats requests and
 * answers, behind a node that only points to its leader.
 */
class RemoteRunsTests extends RunServiceContract {

	private static final Address CALLER = new Address("caller", 1);

	private static final Address OTHER = new Address("other", 1);

	private static final Address LEADER = new Address("leader", 1);

	private final SystemScheduler scheduler = new SystemScheduler(InstantSource.system());

	private final SimulatedNetwork network = new SimulatedNetwork(11);

	@AfterEach
	void close() {
		this.scheduler.close();
	}

	@Override
	protected RunService seen(RunService local) {
		this.network.faults(5);
		ServedPartition served = new ServedPartition(local, (source, rows) -> 0, Lease.FOR_EVER);
		int number = local.partition();
		PartitionMap map = new PartitionMap(number + 1);
		node(map, LEADER, (partition) -> (partition == number) ? Optional.of(served) : Optional.empty());
		node(map, OTHER, (partition) -> Optional.empty()).leaders().learn(number, LEADER);
		RunService seen = node(map, CALLER, (partition) -> Optional.empty()).routing().at(number);
		assertThat(seen.partition()).isEqualTo(number);
		return seen;
	}

	private NodeRouting node(PartitionMap map, Address self, ServedPartitions here) {
		return new NodeRouting(map, self, (partition) -> List.of(OTHER), here, this.network.node(self),
				new NodeRouting.Settings(this.scheduler, InstantSource.system(), System::nanoTime, new Random(),
						Duration.ofSeconds(20), Executors.newVirtualThreadPerTaskExecutor()));
	}

}
