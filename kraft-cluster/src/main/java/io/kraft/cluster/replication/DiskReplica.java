package io.kraft.cluster.replication;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import io.kraft.engine.store.kv.KeyBatch;
import io.kraft.engine.store.kv.KeyCursor;
import io.kraft.engine.store.kv.KeyReader;
import io.kraft.engine.store.kv.Keyspace;
import io.kraft.engine.store.rocksdb.ReplicaKeys;
import io.kraft.engine.store.rocksdb.ReplicaMemory;
import io.kraft.engine.store.rocksdb.ReplicaPosition;
import io.kraft.engine.store.rocksdb.ReplicaSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * A replica in a RocksDB; the only class that names it.
 */
public final class DiskReplica implements LocalReplica {

	private final ReplicaKeys keys;

	private DiskReplica(ReplicaKeys keys) {
		this.keys = keys;
	}

	/**
	 * Opens the replica of a directory, or makes an empty one.
	 * @param memory that the replicas of a node share; not closed with it
	 */
	public static DiskReplica open(Path directory, ReplicaMemory memory) {
		return new DiskReplica(ReplicaKeys.open(directory, memory, DiskReplica::position));
	}

	private static ReplicaPosition position(KeyReader keys) {
		LogPosition applied = ReplicaMarks.applied(keys);
		return new ReplicaPosition(applied.term(), applied.index());
	}

	@Override
	public String toString() {
		return this.keys.toString();
	}

	@Override
	public Checkpoint checkpoint(LogPosition at) {
		return checkpoint(this.keys.checkpoint(new ReplicaPosition(at.term(), at.index())));
	}

	@Override
	public Optional<Checkpoint> newestCheckpoint() {
		return this.keys.newest().map(DiskReplica::checkpoint);
	}

	private static Checkpoint checkpoint(ReplicaSnapshot snapshot) {
		return new Checkpoint(new LogPosition(snapshot.at().term(), snapshot.at().index()), snapshot.directory());
	}

	@Override
	public void install() {
		this.keys.install();
	}

	@Override
	public Path checkpoints() {
		return this.keys.snapshots();
	}

	@Override
	public byte @Nullable [] get(Keyspace space, byte[] key) {
		return this.keys.get(space, key);
	}

	@Override
	public KeyCursor scan(Keyspace space, byte[] from, byte @Nullable [] to) {
		return this.keys.scan(space, from, to);
	}

	@Override
	public KeySnapshot snapshot() {
		return this.keys.snapshot();
	}

	@Override
	public KeyBatch batch() {
		return this.keys.batch();
	}

	@Override
	public long backup(Path target, Duration timeout) {
		return this.keys.backup(target, timeout);
	}

	@Override
	public void close() {
		this.keys.close();
	}

}
