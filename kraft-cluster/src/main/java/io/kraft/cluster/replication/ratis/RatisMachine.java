package io.kraft.cluster.replication.ratis;

import java.io.IOException;
import java.util.Collection;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import io.kraft.cluster.replication.EntryResult;
import io.kraft.cluster.replication.GroupMachine;
import io.kraft.cluster.replication.LogPosition;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RaftConfigurationProto;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftGroupMemberId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.SnapshotInfo;
import org.apache.ratis.statemachine.StateMachineStorage;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.apache.ratis.util.LifeCycle;
import org.jspecify.annotations.Nullable;

/**
 * Drives a {@link GroupMachine} as Ratis wants it. What the latter throws is thrown on:
 * Ratis only logs a future that has failed, and would apply the next entry.
 */
final class RatisMachine extends BaseStateMachine {

	private final MachineFactory factory;

	private final UUID group;

	private final CheckpointFiles files = new CheckpointFiles();

	private final PendingProposals pending = new PendingProposals();

	private volatile @Nullable GroupMachine machine;

	/** Of the last configuration that was applied: each leader begins with one. */
	private volatile long configurationTerm;

	RatisMachine(MachineFactory factory, UUID group) {
		this.factory = factory;
		this.group = group;
	}

	PendingProposals pending() {
		return this.pending;
	}

	private GroupMachine machine() {
		return Objects.requireNonNull(this.machine, "it is not open");
	}

	@Override
	public void initialize(RaftServer server, RaftGroupId groupId, RaftStorage storage) throws IOException {
		super.initialize(server, groupId, storage);
		// Left in NEW, an installation of a snapshot fails.
		getLifeCycle().transition(LifeCycle.State.STARTING);
		try {
			GroupMachine opened = this.factory.open(this.group, storage.getStorageDir().getRoot().toPath());
			this.machine = opened;
			this.files.show(opened);
			continueBehindCheckpoint();
		}
		catch (RuntimeException ex) {
			throw new IOException("the replica of group " + this.group + " cannot be opened: " + ex.getMessage(), ex);
		}
		getLifeCycle().transition(LifeCycle.State.RUNNING);
	}

	private void continueBehindCheckpoint() {
		machine().newestCheckpoint()
			.ifPresent((newest) -> setLastAppliedTermIndex(TermIndex.valueOf(newest.at().term(), newest.at().index())));
	}

	@Override
	public StateMachineStorage getStateMachineStorage() {
		return this.files;
	}

	@Override
	public @Nullable SnapshotInfo getLatestSnapshot() {
		return this.files.getLatestSnapshot();
	}

	@Override
	public CompletableFuture<Message> applyTransaction(TransactionContext transaction) {
		LogEntryProto entry = Objects.requireNonNull(transaction.getLogEntry());
		LogPosition at = new LogPosition(entry.getTerm(), entry.getIndex());
		EntryResult result = orFail(
				() -> machine().apply(at, entry.getStateMachineLogEntry().getLogData().asReadOnlyByteBuffer()));
		passed(at);
		return CompletableFuture.completedFuture(Message.valueOf(result.name()));
	}

	/** What {@link #applyTransaction} has answered, in this process. */
	static EntryResult result(Message message) {
		String name = message.getContent().toStringUtf8();
		for (EntryResult result : EntryResult.values()) {
			if (result.name().equals(name)) {
				return result;
			}
		}
		// It says nothing of the entry.
		return EntryResult.SKIPPED;
	}

	@Override
	public void notifyTermIndexUpdated(long term, long index) {
		LogPosition at = new LogPosition(term, index);
		orFail(() -> {
			machine().pass(at);
			return at;
		});
		passed(at);
	}

	/** Ratis closes the group when less than before is reported. */
	private void passed(LogPosition at) {
		TermIndex last = getLastAppliedTermIndex();
		if (last == null || last.getIndex() < at.index()) {
			updateLastAppliedTermIndex(at.term(), at.index());
		}
	}

	private <T> T orFail(Supplier<T> action) {
		try {
			return action.get();
		}
		catch (RuntimeException | Error ex) {
			this.pending.failAll("the replica has failed");
			machine().failed(ex);
			throw ex;
		}
	}

	@Override
	public long takeSnapshot() {
		return machine().checkpoint().index();
	}

	/** What is applied meanwhile is not yet over: that waits for its turn. */
	@Override
	public void pause() {
		getLifeCycle().transition(LifeCycle.State.PAUSING);
		getLifeCycle().transition(LifeCycle.State.PAUSED);
	}

	/** On the thread that applies. */
	@Override
	public void reinitialize() {
		getLifeCycle().transition(LifeCycle.State.STARTING);
		orFail(() -> {
			machine().install();
			return this;
		});
		continueBehindCheckpoint();
		getLifeCycle().transition(LifeCycle.State.RUNNING);
	}

	/** A read asks whether this node leads, and nothing else. */
	@Override
	public CompletableFuture<Message> query(Message request) {
		return CompletableFuture.completedFuture(Message.EMPTY);
	}

	@Override
	public void notifyConfigurationChanged(long term, long index, RaftConfigurationProto configuration) {
		this.configurationTerm = term;
	}

	@Override
	public void notifyLeaderReady() {
		machine().leaderReady(this.configurationTerm);
	}

	@Override
	public void notifyNotLeader(Collection<TransactionContext> transactions) {
		leaderLost();
	}

	@Override
	public void notifyLeaderChanged(RaftGroupMemberId member, RaftPeerId leader) {
		if (!member.getPeerId().equals(leader)) {
			leaderLost();
		}
	}

	private void leaderLost() {
		this.pending.failAll("this node leads no more");
		GroupMachine opened = this.machine;
		if (opened != null) {
			opened.leaderLost();
		}
	}

	/** Comes once for each entry that waits. */
	@Override
	public void notifyLogFailed(Throwable cause, @Nullable LogEntryProto entry) {
		this.pending.failAll("the log has failed");
		machine().failed(cause);
	}

	@Override
	public void close() throws IOException {
		leaderLost();
		GroupMachine opened = this.machine;
		if (opened != null) {
			opened.close();
		}
		super.close();
	}

}
