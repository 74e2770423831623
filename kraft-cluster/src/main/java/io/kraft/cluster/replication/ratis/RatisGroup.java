package io.kraft.cluster.replication.ratis;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

import io.kraft.cluster.replication.EntryResult;
import io.kraft.cluster.replication.Leadership;
import io.kraft.cluster.replication.Peer;
import io.kraft.cluster.replication.ProposalFailedException;
import io.kraft.cluster.replication.ReplicatedLog;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.SetConfigurationRequest;
import org.apache.ratis.protocol.SnapshotManagementRequest;
import org.apache.ratis.protocol.TransferLeadershipRequest;
import org.apache.ratis.server.DivisionInfo;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;

/**
 * The log of a group at this node.
 */
final class RatisGroup implements ReplicatedLog {

	private static final long TIMEOUT_MILLIS = Duration.ofSeconds(5).toMillis();

	/** Of a change of members, which copies everything to new ones. */
	private static final long CHANGE_MILLIS = Duration.ofSeconds(60).toMillis();

	private final RaftServer server;

	private final ClientId client;

	private final AtomicLong calls;

	private final RaftGroupId group;

	/**
	 * @param client of this process: the same id after a restart would be given the
	 * answers of calls before it
	 * @param calls numbers the calls of the client
	 */
	RatisGroup(RaftServer server, ClientId client, AtomicLong calls, RaftGroupId group) {
		this.server = server;
		this.client = client;
		this.calls = calls;
		this.group = group;
	}

	@Override
	public CompletionStage<EntryResult> propose(byte[] entry) {
		RaftServer.Division division;
		try {
			division = this.server.getDivision(this.group);
		}
		catch (IOException ex) {
			return CompletableFuture.failedFuture(new ProposalFailedException("the group is not open here", ex));
		}
		PendingProposals pending = ((RatisMachine) division.getStateMachine()).pending();
		PendingProposals.Proposal proposal = pending.begin();
		CompletableFuture<RaftClientReply> unused = submit(RaftClientRequest.writeRequestType(),
				Message.valueOf(UnsafeByteOperations.unsafeWrap(entry)))
			.whenComplete((reply, failure) -> {
				if (failure != null) {
					pending.fail(proposal, String.valueOf(failure.getMessage()), failure);
				}
				else if (!reply.isSuccess()) {
					pending.fail(proposal, String.valueOf(reply.getException()), reply.getException());
				}
				else {
					pending.end(proposal, RatisMachine.result(reply.getMessage()));
				}
			});
		return proposal.result();
	}

	private CompletableFuture<RaftClientReply> submit(RaftClientRequest.Type type, Message message) {
		RaftClientRequest request = RaftClientRequest.newBuilder()
			.setClientId(this.client)
			.setServerId(this.server.getId())
			.setGroupId(this.group)
			.setCallId(this.calls.incrementAndGet())
			.setMessage(message)
			.setType(type)
			.build();
		return call(() -> this.server.submitClientRequestAsync(request));
	}

	@Override
	public Leadership leadership() {
		try {
			DivisionInfo info = this.server.getDivision(this.group).getInfo();
			RaftPeerId leader = info.getLeaderId();
			return new Leadership(info.getCurrentTerm(), info.isAlive() && info.isLeader(),
					info.isAlive() && info.isLeaderReady(), (leader != null) ? leader.toString() : null);
		}
		catch (IOException ex) {
			return new Leadership(0, false, false, null);
		}
	}

	/**
	 * A follower answers reads, too, by asking the leader: so it is looked at again
	 * whether this node leads, after the answer.
	 */
	@Override
	public CompletionStage<Boolean> confirm(long term) {
		return submit(RaftClientRequest.readRequestType(), Message.EMPTY).handle((reply, failure) -> {
			if (failure != null || !reply.isSuccess()) {
				return false;
			}
			Leadership now = leadership();
			return now.isLeader() && now.term() == term;
		});
	}

	@Override
	public CompletionStage<Void> transferTo(Peer peer) {
		return succeed(() -> this.server
			.transferLeadershipAsync(new TransferLeadershipRequest(this.client, this.server.getId(), this.group,
					this.calls.incrementAndGet(), RaftPeerId.valueOf(peer.id()), TIMEOUT_MILLIS)));
	}

	@Override
	public CompletionStage<Void> changePeers(Set<Peer> from, Set<Peer> to) {
		return succeed(() -> this.server.setConfigurationAsync(
				new SetConfigurationRequest(this.client, this.server.getId(), this.group, this.calls.incrementAndGet(),
						SetConfigurationRequest.Arguments.newBuilder()
							.setMode(SetConfigurationRequest.Mode.COMPARE_AND_SET)
							.setServersInCurrentConf(peers(from))
							.setServersInNewConf(peers(to))
							.build())));
	}

	@Override
	public CompletionStage<Void> snapshot() {
		return succeed(() -> this.server.snapshotManagementAsync(SnapshotManagementRequest.newCreate(this.client,
				this.server.getId(), this.group, this.calls.incrementAndGet(), CHANGE_MILLIS, 1)));
	}

	static List<RaftPeer> peers(Set<Peer> peers) {
		return peers.stream().map(RatisGroup::peer).toList();
	}

	/** Of priority 0, like all: else one that has returned would take over by itself. */
	static RaftPeer peer(Peer peer) {
		return RaftPeer.newBuilder().setId(peer.id()).setAddress(peer.address()).setPriority(0).build();
	}

	static CompletableFuture<Void> succeed(Request request) {
		return call(request).thenAccept((reply) -> {
			if (!reply.isSuccess()) {
				throw new ProposalFailedException(String.valueOf(reply.getException()), reply.getException());
			}
		});
	}

	private static CompletableFuture<RaftClientReply> call(Request request) {
		try {
			return request.send();
		}
		catch (IOException | RuntimeException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	/**
	 * A call of the server of this process.
	 */
	@FunctionalInterface
	interface Request {

		CompletableFuture<RaftClientReply> send() throws IOException;

	}

}
