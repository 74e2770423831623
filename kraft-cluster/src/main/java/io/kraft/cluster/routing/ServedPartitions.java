package io.kraft.cluster.routing;

import java.util.Optional;
import java.util.function.IntFunction;

import io.kraft.engine.hosting.PartitionHost;
import io.kraft.engine.partition.Lease;

/**
 * Finds the partitions that this node hosts at this moment. Thread-safe.
 */
@FunctionalInterface
public interface ServedPartitions {

	/**
	 * The partitions of a host.
	 * @param leases that of each, by which its owner knows that it is still the owner
	 */
	static ServedPartitions of(PartitionHost host, IntFunction<Lease> leases) {
		return (number) -> host.all()
			.stream()
			.filter((hosted) -> hosted.number() == number && hosted.supervision().cause() == null)
			.findFirst()
			.map((hosted) -> ServedPartition.of(hosted, leases.apply(number)));
	}

	/**
	 * A partition; empty if it is not here, or takes no work here any more.
	 */
	Optional<ServedPartition> find(int number);

}
