package io.kraft.cluster.replication;

import java.util.List;

/**
 * What the owner of a partition proposes to its replicas.
 */
public sealed interface LogEntry {

	/**
	 * The ownership that it is from.
	 */
	Fence fence();

	/**
	 * Writes that are applied together, if the register holds their fence.
	 */
	record Batch(Fence fence, List<KeyWrite> writes) implements LogEntry {
	}

	/**
	 * A new ownership begins, if its fence is greater than the register's: once this is
	 * applied, whatever an earlier owner has proposed is in the store or never will be.
	 */
	record Opening(Fence fence) implements LogEntry {
	}

}
