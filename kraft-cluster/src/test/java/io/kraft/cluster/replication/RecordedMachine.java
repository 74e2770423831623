package io.kraft.cluster.replication;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;

import io.kraft.cluster.replication.LocalReplica.Checkpoint;
import io.kraft.engine.store.kv.KeyBatch;
import org.jspecify.annotations.Nullable;

/**
 * Reports what a replica makes of each entry, and can be made to do it wrong.
 */
final class RecordedMachine implements GroupMachine {

	private PartitionReplica replica;

	private final BiFunction<PartitionReplica, Attempt, Attempt> fault;

	private final Recorder recorder;

	RecordedMachine(PartitionReplica replica, BiFunction<PartitionReplica, Attempt, Attempt> fault, Recorder recorder) {
		this.replica = replica;
		this.fault = fault;
		this.recorder = recorder;
	}

	PartitionReplica replica() {
		return this.replica;
	}

	@Override
	public EntryResult apply(LogPosition at, ByteBuffer entry) {
		byte[] bytes = new byte[entry.remaining()];
		entry.duplicate().get(bytes);
		Attempt attempt = this.fault.apply(this.replica, new Attempt(at, bytes));
		long before = this.replica.applied().index();
		this.replica = attempt.replica(this.replica);
		EntryResult result = this.replica.apply(at, ByteBuffer.wrap(attempt.bytes()));
		this.recorder.applied(at, EntryCodec.decode(bytes), result, before);
		return result;
	}

	@Override
	public LogPosition applied() {
		return this.replica.applied();
	}

	@Override
	public void pass(LogPosition at) {
		this.replica.pass(at);
	}

	@Override
	public LogPosition checkpoint() {
		return this.replica.checkpoint();
	}

	@Override
	public Optional<Checkpoint> newestCheckpoint() {
		return this.replica.newestCheckpoint();
	}

	@Override
	public Path checkpoints() {
		return this.replica.checkpoints();
	}

	@Override
	public void install() {
		this.replica.install();
	}

	@Override
	public void leaderReady(long term) {
		this.replica.leaderReady(term);
	}

	@Override
	public void leaderLost() {
		this.replica.leaderLost();
	}

	@Override
	public void failed(Throwable cause) {
		this.replica.failed(cause);
	}

	@Override
	public void close() {
		this.replica.close();
	}

	/**
	 * Is notified of each entry that comes to a replica.
	 */
	@FunctionalInterface
	interface Recorder {

		/**
		 * Notes what an entry has done.
		 * @param before the index of the last entry that was applied then
		 */
		void applied(LogPosition at, LogEntry entry, EntryResult result, long before);

	}

	/**
	 * How an entry is applied.
	 *
	 * @param forgets a mark that the replica has forgotten; null if it has forgotten none
	 */
	@SuppressWarnings("ArrayRecordComponent") // Never compared.
	record Attempt(LogPosition at, byte[] bytes, @Nullable Consumer<KeyBatch> forgets) {

		Attempt(LogPosition at, byte[] bytes) {
			this(at, bytes, null);
		}

		PartitionReplica replica(PartitionReplica replica) {
			if (this.forgets == null) {
				return replica;
			}
			LocalReplica local = replica.local();
			try (KeyBatch batch = local.batch()) {
				this.forgets.accept(batch);
				batch.write(false);
			}
			return new PartitionReplica(local, LeadershipListener.NONE);
		}

	}

}
