package io.kraft.cluster.replication.ratis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

import io.kraft.cluster.replication.Peer;
import io.kraft.cluster.replication.ReplicatedLog;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.GroupManagementRequest;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.jspecify.annotations.Nullable;

/**
 * The Raft server of this process, with all groups of the node. Thread-safe.
 */
public final class RatisNode implements AutoCloseable {

	private final RaftServer server;

	private final RatisSettings settings;

	private final ClientId client = ClientId.randomId();

	private final AtomicLong calls = new AtomicLong();

	private RatisNode(RaftServer server, RatisSettings settings) {
		this.server = server;
		this.settings = settings;
	}

	/**
	 * Starts the server, with the groups that the directory holds. If there are some, it
	 * waits before for the longest time of an election: this node may have followed a
	 * leader just before it died, does not remember that, and must not vote against it.
	 * @param self the id of this node; its address is how others reach it
	 * @param machines opens the replica of each group
	 * @param setup adds to the server what shares its port, such as
	 * {@code GrpcTransport::join}
	 */
	public static RatisNode open(Peer self, RatisSettings settings, MachineFactory machines,
			BiConsumer<RaftProperties, Parameters> setup) {
		if (holdsGroups(settings.directory())) {
			after(settings.maxElectionTimeout()).join();
		}
		RaftServer server = null;
		try {
			RaftProperties properties = settings.properties();
			Parameters parameters = new Parameters();
			setup.accept(properties, parameters);
			server = RaftServer.newBuilder()
				.setServerId(RaftPeerId.valueOf(self.id()))
				.setProperties(properties)
				.setParameters(parameters)
				.setStateMachineRegistry((group) -> new RatisMachine(machines, group.getUuid()))
				.build();
			server.start();
			return new RatisNode(server, settings);
		}
		catch (IOException ex) {
			closeAfter(ex, server);
			throw new UncheckedIOException(ex);
		}
		catch (RuntimeException | Error ex) {
			closeAfter(ex, server);
			throw ex;
		}
	}

	/** Its threads keep the process alive. */
	private static void closeAfter(Throwable failure, @Nullable RaftServer server) {
		try {
			if (server != null) {
				server.close();
			}
		}
		catch (IOException | RuntimeException ex) {
			failure.addSuppressed(ex);
		}
	}

	private static boolean holdsGroups(Path directory) {
		if (!Files.isDirectory(directory)) {
			return false;
		}
		try (Stream<Path> groups = Files.list(directory)) {
			return groups.anyMatch(Files::isDirectory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static CompletableFuture<Void> after(Duration duration) {
		return CompletableFuture.runAsync(() -> {
		}, CompletableFuture.delayedExecutor(duration.toMillis(), TimeUnit.MILLISECONDS));
	}

	/**
	 * Makes this node a member of a group that is being formed, or prepares it to become
	 * one of a group that exists.
	 * @param peers all members of a new group; none for one that exists, whose leader
	 * sends the configuration: with a list it would stand for election
	 */
	public CompletionStage<Void> join(UUID group, Set<Peer> peers) {
		return add(RaftGroup.valueOf(RaftGroupId.valueOf(group), RatisGroup.peers(peers)), true);
	}

	private CompletableFuture<Void> add(RaftGroup group, boolean format) {
		return RatisGroup.succeed(() -> this.server.groupManagementAsync(GroupManagementRequest.newAdd(this.client,
				this.server.getId(), this.calls.incrementAndGet(), group, format)));
	}

	/**
	 * Removes the replica of a group from this node.
	 * @param delete whether all its files are removed
	 */
	public CompletionStage<Void> leave(UUID group, boolean delete) {
		return remove(group, delete);
	}

	private CompletableFuture<Void> remove(UUID group, boolean delete) {
		return RatisGroup.succeed(() -> this.server.groupManagementAsync(GroupManagementRequest.newRemove(this.client,
				this.server.getId(), this.calls.incrementAndGet(), RaftGroupId.valueOf(group), delete, false)));
	}

	/**
	 * Closes the replica of a group that has failed, and opens it again with its files.
	 * In between the longest time of an election passes: it forgets that it follows a
	 * leader.
	 */
	public CompletionStage<Void> reopen(UUID group) {
		RaftGroup empty = RaftGroup.valueOf(RaftGroupId.valueOf(group), List.of());
		return remove(group, false).thenCompose((removed) -> after(this.settings.maxElectionTimeout()))
			.thenCompose((waited) -> add(empty, false));
	}

	/**
	 * The log of a group, whether it is here or not.
	 */
	public ReplicatedLog group(UUID group) {
		return new RatisGroup(this.server, this.client, this.calls, RaftGroupId.valueOf(group));
	}

	/**
	 * Closes the server, and with it all replicas.
	 */
	@Override
	public void close() {
		try {
			this.server.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
