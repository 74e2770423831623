package io.kraft.cluster.replication;

import java.nio.file.Path;
import java.util.Optional;

import io.kraft.engine.store.kv.OrderedKeys;

/**
 * The medium of a replica: ordered keys that need not be durable at each write, since the
 * log is. What a crash leaves is the state after some entry, with all before it and
 * nothing behind. One thread writes, makes checkpoints and installs; any reads.
 */
public interface LocalReplica extends OrderedKeys {

	/**
	 * Makes durable what was written, and a copy of it.
	 * @param at the last entry that is applied
	 */
	Checkpoint checkpoint(LogPosition at);

	/**
	 * The newest complete copy.
	 */
	Optional<Checkpoint> newestCheckpoint();

	/**
	 * Replaces all keys by those of the newest copy, which came from another replica.
	 * Waits for readers; a crash in between leaves the one or the other.
	 */
	void install();

	/**
	 * Where copies are, and where one from another replica is put.
	 */
	Path checkpoints();

	/**
	 * A copy of all keys.
	 *
	 * @param at the last entry that it contains
	 * @param directory of its files, and nothing else
	 */
	record Checkpoint(LogPosition at, Path directory) {
	}

}
