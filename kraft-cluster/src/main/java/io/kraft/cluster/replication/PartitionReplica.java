package io.kraft.cluster.replication;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;

import io.kraft.cluster.replication.LocalReplica.Checkpoint;
import io.kraft.engine.store.kv.KeyBatch;

/**
 * The replica of a partition: applies entries to a local medium, each once, and those of
 * the present ownership only. It knows nothing of what the bytes mean.
 */
public final class PartitionReplica implements GroupMachine {

	private final LocalReplica local;

	private final LeadershipListener listener;

	private volatile LogPosition applied;

	private volatile Fence fence;

	/**
	 * A replica that continues what its medium holds.
	 * @param local closed with this
	 */
	public PartitionReplica(LocalReplica local, LeadershipListener listener) {
		this.local = local;
		this.listener = listener;
		this.applied = ReplicaMarks.applied(local);
		this.fence = ReplicaMarks.fence(local);
	}

	@Override
	public String toString() {
		return this.local.toString();
	}

	/**
	 * What reads of the owner see.
	 */
	public LocalReplica local() {
		return this.local;
	}

	/**
	 * The register: the fence of the last ownership that has begun.
	 */
	public Fence fence() {
		return this.fence;
	}

	@Override
	public LogPosition applied() {
		return this.applied;
	}

	@Override
	public EntryResult apply(LogPosition at, ByteBuffer entry) {
		if (isKnown(at)) {
			return EntryResult.SKIPPED;
		}
		byte[] bytes = new byte[entry.remaining()];
		entry.duplicate().get(bytes);
		return switch (EntryCodec.decode(bytes)) {
			case LogEntry.Opening opening -> begin(at, opening.fence());
			case LogEntry.Batch batch -> write(at, batch);
		};
	}

	private EntryResult begin(LogPosition at, Fence next) {
		boolean begins = next.compareTo(this.fence) > 0;
		try (KeyBatch writes = this.local.batch()) {
			if (begins) {
				ReplicaMarks.putFence(writes, next);
			}
			advance(at, writes);
		}
		if (begins) {
			this.fence = next;
		}
		return begins ? EntryResult.APPLIED : EntryResult.STALE;
	}

	private EntryResult write(LogPosition at, LogEntry.Batch batch) {
		boolean isPresent = batch.fence().equals(this.fence);
		try (KeyBatch writes = this.local.batch()) {
			if (isPresent) {
				batch.writes().forEach((write) -> write.addTo(writes));
			}
			advance(at, writes);
		}
		return isPresent ? EntryResult.APPLIED : EntryResult.STALE;
	}

	@Override
	public void pass(LogPosition at) {
		if (!isKnown(at)) {
			try (KeyBatch writes = this.local.batch()) {
				advance(at, writes);
			}
		}
	}

	/**
	 * Also for entries that write nothing: else the next one would seem to be missing.
	 */
	private void advance(LogPosition at, KeyBatch writes) {
		ReplicaMarks.putApplied(writes, at);
		writes.write(false);
		this.applied = at;
	}

	/**
	 * After a restart a log begins behind its last checkpoint, not behind what the
	 * replica has.
	 */
	private boolean isKnown(LogPosition at) {
		long next = this.applied.index() + 1;
		if (at.index() > next) {
			throw new IllegalStateException("entry " + at.index() + " of the log came to " + this + ", but expected is "
					+ next + ": entries between them are missing. The replica must be replaced");
		}
		return at.index() < next;
	}

	@Override
	public LogPosition checkpoint() {
		return this.local.checkpoint(this.applied).at();
	}

	@Override
	public Optional<Checkpoint> newestCheckpoint() {
		return this.local.newestCheckpoint();
	}

	@Override
	public Path checkpoints() {
		return this.local.checkpoints();
	}

	@Override
	public void install() {
		this.local.install();
		this.applied = ReplicaMarks.applied(this.local);
		this.fence = ReplicaMarks.fence(this.local);
	}

	@Override
	public void leaderReady(long term) {
		this.listener.leaderReady(term);
	}

	@Override
	public void leaderLost() {
		this.listener.leaderLost();
	}

	@Override
	public void failed(Throwable cause) {
		this.listener.failed(cause);
	}

	@Override
	public void close() {
		this.local.close();
	}

}
