package io.kraft.cluster.replication.ratis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

import io.kraft.cluster.replication.EntryCodec;
import io.kraft.cluster.replication.EntryResult;
import io.kraft.cluster.replication.Fence;
import io.kraft.cluster.replication.GroupMachine;
import io.kraft.cluster.replication.LeadershipListener;
import io.kraft.cluster.replication.LocalReplica;
import io.kraft.cluster.replication.LogEntry;
import io.kraft.cluster.replication.PartitionReplica;
import io.kraft.cluster.replication.Peer;
import io.kraft.cluster.replication.ReplicatedKeys;
import io.kraft.cluster.replication.ReplicatedLog;
import io.kraft.cluster.replication.DiskReplica;
import io.kraft.engine.store.rocksdb.ReplicaMemory;
import org.jspecify.annotations.Nullable;

import static org.awaitility.Awaitility.await;

/**
 * Nodes in this process, each with a server of Ratis and replicas on disk.
 */
public final class RatisCluster implements AutoCloseable {

	public static final int MAX_ENTRY_BYTES = 6 << 20;

	private final Path directory;

	private final ReplicaMemory memory;

	private final Map<Integer, Peer> peers = new ConcurrentHashMap<>();

	private final Map<Integer, RatisNode> nodes = new ConcurrentHashMap<>();

	/** With those that were stopped. */
	private final Map<Integer, RatisNode> all = new ConcurrentHashMap<>();

	private final Map<String, PartitionReplica> replicas = new ConcurrentHashMap<>();

	private final Map<Integer, Throwable> failures = new ConcurrentHashMap<>();

	private final BiFunction<Integer, UUID, LeadershipListener> listeners;

	/** Put between a log and a replica. */
	public volatile BiFunction<Integer, PartitionReplica, GroupMachine> wrapper = (node, replica) -> replica;

	public RatisCluster(Path directory, BiFunction<Integer, UUID, LeadershipListener> listeners) {
		this.directory = directory;
		this.listeners = listeners;
		this.memory = ReplicaMemory.open(directory.resolve("native"), ReplicaMemory.DEFAULT_BYTES, 16);
	}

	/** Starts nodes with numbers from 1 on that do not run. */
	public RatisCluster start(int count) {
		IntStream.rangeClosed(1, count)
			.filter((node) -> !this.nodes.containsKey(node))
			.parallel()
			.forEach(this::startNode);
		return this;
	}

	public void startNode(int node) {
		Peer self = this.peers.computeIfAbsent(node,
				(number) -> new Peer("n" + number + "~1", "127.0.0.1:" + freePort()));
		int port = Integer.parseInt(self.address().substring(self.address().indexOf(':') + 1));
		RatisSettings settings = new RatisSettings(this.directory.resolve("n" + node), "127.0.0.1", port,
				Duration.ofMillis(600), MAX_ENTRY_BYTES, 8L << 20, 0);
		RatisNode started = RatisNode.open(self, settings, (group, path) -> open(node, group, path),
				(properties, parameters) -> {
				});
		this.nodes.put(node, started);
		this.all.put(node, started);
	}

	private GroupMachine open(int node, UUID group, Path path) {
		LocalReplica local = DiskReplica.open(path, this.memory);
		LeadershipListener listener = this.listeners.apply(node, group);
		PartitionReplica replica = new PartitionReplica(local, new LeadershipListener() {
			@Override
			public void leaderReady(long term) {
				listener.leaderReady(term);
			}

			@Override
			public void leaderLost() {
				listener.leaderLost();
			}

			@Override
			public void failed(Throwable cause) {
				RatisCluster.this.failures.put(node, cause);
				listener.failed(cause);
			}
		});
		this.replicas.put(node + "/" + group, replica);
		return this.wrapper.apply(node, replica);
	}

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Makes a group of nodes that are started. */
	public void form(UUID group, int... members) {
		Set<Peer> all = peers(members);
		for (int member : members) {
			node(member).join(group, all).toCompletableFuture().join();
		}
	}

	public Set<Peer> peers(int... members) {
		Set<Peer> all = new LinkedHashSet<>();
		for (int member : members) {
			all.add(peer(member));
		}
		return all;
	}

	public Peer peer(int node) {
		return Objects.requireNonNull(this.peers.get(node));
	}

	public RatisNode node(int node) {
		return Objects.requireNonNull(this.nodes.get(node));
	}

	/** Whether a node has a replica of a group. */
	public boolean hosts(int node, UUID group) {
		return this.directory.resolve("n" + node).resolve(group.toString()).toFile().isDirectory();
	}

	public @Nullable Throwable failure(int node) {
		return this.failures.get(node);
	}

	public PartitionReplica replica(int node, UUID group) {
		return Objects.requireNonNull(this.replicas.get(node + "/" + group));
	}

	/** The log of a group at a node, also of one that was stopped. */
	public ReplicatedLog log(int node, UUID group) {
		return Objects.requireNonNull(this.all.get(node)).group(group);
	}

	/** Waits until a node leads, and has applied what was before. */
	public int awaitLeader(UUID group) {
		List<Integer> leaders = new ArrayList<>();
		await().atMost(20, TimeUnit.SECONDS).pollInterval(Duration.ofMillis(10)).until(() -> {
			leaders.clear();
			this.nodes.forEach((number, node) -> {
				if (node.group(group).leadership().isReady()) {
					leaders.add(number);
				}
			});
			return leaders.size() == 1;
		});
		return leaders.getFirst();
	}

	/** Begins an ownership at the leader. */
	public ReplicatedKeys open(int leader, UUID group) {
		ReplicatedLog log = log(leader, group);
		PartitionReplica replica = replica(leader, group);
		Fence fence = Fence.next(log.leadership().term(), replica.fence(), Fence.NONE);
		EntryResult result = log.propose(EntryCodec.encode(new LogEntry.Opening(fence)))
			.toCompletableFuture()
			.orTimeout(10, TimeUnit.SECONDS)
			.join();
		if (result != EntryResult.APPLIED) {
			throw new IllegalStateException("the opening is " + result);
		}
		return new ReplicatedKeys(0, log, replica.local(), fence, MAX_ENTRY_BYTES);
	}

	public void stop(int node) {
		RatisNode stopped = this.nodes.remove(node);
		if (stopped != null) {
			stopped.close();
		}
	}

	@Override
	public void close() {
		List.copyOf(this.nodes.keySet()).parallelStream().forEach(this::stop);
		this.memory.close();
	}

}
