package io.kraft.engine.testing;

import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.kraft.engine.routing.PartitionMap;

/**
 * Ids of runs that belong to the same partition, whose order is exact: of as many
 * partitions as there are.
 */
public final class SamePartition {

	private SamePartition() {
	}

	/**
	 * The name itself where it belongs to the first partition; else one that begins with
	 * it and does.
	 */
	public static String id(TestEngine engine, String name) {
		return id(engine, name, 0);
	}

	/**
	 * As {@link #id(TestEngine, String)}, of any partition.
	 */
	public static String id(TestEngine engine, String name, int partition) {
		PartitionMap map = new PartitionMap(engine.partitions());
		return Stream
			.concat(Stream.of(name), IntStream.iterate(1, (number) -> number + 1).mapToObj((n) -> name + "-" + n))
			.filter((id) -> map.of(id) == partition)
			.findFirst()
			.orElseThrow();
	}

}
