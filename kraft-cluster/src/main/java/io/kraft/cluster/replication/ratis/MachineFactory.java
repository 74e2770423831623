package io.kraft.cluster.replication.ratis;

import java.nio.file.Path;
import java.util.UUID;

import io.kraft.cluster.replication.GroupMachine;

/**
 * Opens what the log of a group drives.
 */
@FunctionalInterface
public interface MachineFactory {

	/**
	 * Opens the replica of a group; also again, after it was closed.
	 * @param group its id
	 * @param directory of the group, made by Ratis, which has files in it, too
	 */
	GroupMachine open(UUID group, Path directory);

}
