package io.kraft.cluster.replication;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;

import io.kraft.engine.store.OversizedCommitException;
import io.kraft.engine.store.StaleEpochException;
import io.kraft.engine.store.StorageException;
import io.kraft.engine.store.kv.KeyBatch;
import io.kraft.engine.store.kv.KeyCursor;
import io.kraft.engine.store.kv.KeyReader;
import io.kraft.engine.store.kv.Keyspace;
import io.kraft.engine.store.kv.OrderedKeys;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a partition as its owner has them: reads are those of the replica of this
 * node, and a batch is written when the replicated log has applied it here.
 * <p>
 * A write that was not applied ends the ownership: that it was refused, or that its
 * outcome is unknown, is a {@link StaleEpochException}. Nothing is proposed a second
 * time, as the first one may still be applied.
 */
public final class ReplicatedKeys implements OrderedKeys {

	/** The first key that is the replica's own. */
	private static final byte[] MARKS = { ReplicaMarks.FIRST };

	private final int partition;

	private final ReplicatedLog log;

	private final OrderedKeys replica;

	private final Fence fence;

	private final int maxEntryBytes;

	private volatile boolean closed;

	/**
	 * The keys of an ownership that has begun.
	 * @param partition its number, for messages
	 * @param log of the partition's group
	 * @param replica of this node; not closed with this
	 * @param fence of the ownership, which the register holds
	 * @param maxEntryBytes of a batch: a larger one is refused before it is proposed
	 */
	public ReplicatedKeys(int partition, ReplicatedLog log, OrderedKeys replica, Fence fence, int maxEntryBytes) {
		this.partition = partition;
		this.log = log;
		this.replica = replica;
		this.fence = fence;
		this.maxEntryBytes = maxEntryBytes;
	}

	@Override
	public String toString() {
		return this.replica + " as partition " + this.partition;
	}

	@Override
	public byte @Nullable [] get(Keyspace space, byte[] key) {
		checkOpen(StorageException.READ_FAILED);
		return this.replica.get(space, key);
	}

	@Override
	public KeyCursor scan(Keyspace space, byte[] from, byte @Nullable [] to) {
		checkOpen(StorageException.READ_FAILED);
		return scan(this.replica, space, from, to);
	}

	/** The marks of the replica are not a part of the store. */
	private static KeyCursor scan(KeyReader keys, Keyspace space, byte[] from, byte @Nullable [] to) {
		boolean reachesMarks = space == Keyspace.META && (to == null || Arrays.compareUnsigned(to, MARKS) > 0);
		return keys.scan(space, from, reachesMarks ? MARKS : to);
	}

	@Override
	public KeySnapshot snapshot() {
		checkOpen(StorageException.READ_FAILED);
		KeySnapshot snapshot = this.replica.snapshot();
		return new KeySnapshot() {
			@Override
			public byte @Nullable [] get(Keyspace space, byte[] key) {
				return snapshot.get(space, key);
			}

			@Override
			public KeyCursor scan(Keyspace space, byte[] from, byte @Nullable [] to) {
				return ReplicatedKeys.scan(snapshot, space, from, to);
			}

			@Override
			public void close() {
				snapshot.close();
			}
		};
	}

	@Override
	public KeyBatch batch() {
		return new ReplicatedBatch(this);
	}

	void write(ReplicatedBatch batch) {
		checkOpen(StorageException.WRITE_FAILED);
		if (batch.sizeBytes() > this.maxEntryBytes) {
			throw new OversizedCommitException(batch.sizeBytes(), this.maxEntryBytes);
		}
		EntryResult result;
		try {
			result = this.log.propose(EntryCodec.encode(new LogEntry.Batch(this.fence, batch.writes())))
				.toCompletableFuture()
				.join();
		}
		catch (CompletionException | CancellationException ex) {
			Throwable cause = (ex.getCause() != null) ? ex.getCause() : ex;
			throw lost("what became of its last write is unknown (" + cause.getMessage() + ")", cause);
		}
		switch (result) {
			case APPLIED -> {
			}
			case STALE -> throw lost("its last write was refused, as a later ownership had begun", null);
			case SKIPPED -> throw lost("its last write was applied before it was proposed", null);
		}
	}

	private StaleEpochException lost(String how, @Nullable Throwable cause) {
		return new StaleEpochException(this.partition,
				"term " + this.fence.term() + ", opening " + this.fence.opening(), how, cause);
	}

	@Override
	public long backup(Path target, Duration timeout) {
		return this.replica.backup(target, timeout);
	}

	/** The replica outlives the ownership, whose reads end here all the same. */
	@Override
	public void close() {
		this.closed = true;
	}

	boolean isClosed() {
		return this.closed;
	}

	private void checkOpen(String code) {
		if (this.closed) {
			throw new StorageException(code, "the store is closed", null);
		}
	}

}
