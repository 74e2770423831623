package io.kraft.cluster.management;

/**
 * What is fixed when a cluster is created.
 *
 * @param partitions over which runs are spread, from 1 to 4096
 * @param replicationFactor how many replicas a partition has when there are enough nodes,
 * from 1 to 7
 */
public record FixedSettings(int partitions, int replicationFactor) {

	private static final int MAX_PARTITIONS = 4096;

	private static final int MAX_REPLICAS = 7;

	/**
	 * Checks the bounds.
	 * @throws IllegalArgumentException if one is not kept
	 */
	public FixedSettings {
		if (partitions < 1 || partitions > MAX_PARTITIONS) {
			throw new IllegalArgumentException(
					"a cluster has 1 to " + MAX_PARTITIONS + " partitions, but these are " + partitions);
		}
		if (replicationFactor < 1 || replicationFactor > MAX_REPLICAS) {
			throw new IllegalArgumentException(
					"replication-factor is 1 to " + MAX_REPLICAS + ", but it is " + replicationFactor);
		}
	}

}
