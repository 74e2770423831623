package io.kraft.cluster.replication;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;

import io.kraft.cluster.replication.LocalReplica.Checkpoint;

/**
 * What a replicated log drives: the replica of a group at this node. Its methods are
 * called by one thread at a time, in the order of the log, except where noted. One that
 * throws ends the replica: an entry that was not applied must never be followed by
 * another.
 */
public interface GroupMachine extends AutoCloseable {

	/**
	 * The last entry that was applied. Any thread.
	 */
	LogPosition applied();

	/**
	 * Applies an entry, the next one or one that it has.
	 */
	EntryResult apply(LogPosition at, ByteBuffer entry);

	/**
	 * Passes an entry of the log's own, which holds nothing for the replica.
	 */
	void pass(LogPosition at);

	/**
	 * Makes a checkpoint of what is applied.
	 * @return the last entry in it
	 */
	LogPosition checkpoint();

	/**
	 * The newest checkpoint. Any thread.
	 */
	Optional<Checkpoint> newestCheckpoint();

	/**
	 * Where checkpoints are, and where one from another replica is put. Any thread.
	 */
	Path checkpoints();

	/**
	 * Continues with the newest checkpoint, which came from another replica.
	 */
	void install();

	/**
	 * This node leads in a term, and all entries of earlier ones are applied. Must not
	 * block, as the entries that follow wait for its return.
	 */
	void leaderReady(long term);

	/**
	 * This node leads no more. Any thread, and more than once; must not block.
	 */
	void leaderLost();

	/**
	 * The log takes no entries any more, or the replica was closed by itself. Any thread,
	 * and more than once; must not block.
	 */
	void failed(Throwable cause);

	@Override
	void close();

}
