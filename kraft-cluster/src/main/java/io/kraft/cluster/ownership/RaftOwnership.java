package io.kraft.cluster.ownership;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import io.kraft.cluster.replication.LeadershipListener;
import io.kraft.cluster.replication.Peer;
import io.kraft.engine.hosting.Ownership;
import io.kraft.engine.hosting.PartitionHost;
import io.kraft.engine.partition.Lease;
import io.kraft.engine.store.StoreIdentity;
import io.kraft.engine.supervision.EngineThreads;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hosts the partitions whose groups this node leads. The loss of leadership is to a
 * partition what a crash is to a process; the next leader opens its store, and continues
 * its runs. Replicas come and go independently of the engine; an engine is started and
 * stopped over those that are there.
 */
public final class RaftOwnership implements Ownership, AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(RaftOwnership.class);

	private final int partitions;

	private final int maxEntryBytes;

	private final EngineThreads threads = EngineThreads.ofCaller();

	private final Map<Integer, OwnedPartition> owned = new ConcurrentHashMap<>();

	private final ReentrantLock lock = new ReentrantLock();

	private @Nullable PartitionHost host;

	/**
	 * An ownership of no partition.
	 * @param partitions how many there are
	 * @param maxEntryBytes the largest commit
	 */
	public RaftOwnership(int partitions, int maxEntryBytes) {
		this.partitions = partitions;
		this.maxEntryBytes = maxEntryBytes;
	}

	/**
	 * This node has, or will have, a replica of a partition.
	 * @param partition gives it as it is; called when this node leads its group, or has
	 * led it
	 * @return to be notified by its log
	 */
	public LeadershipListener add(int number, Supplier<ReplicatedPartition> partition) {
		OwnedPartition added;
		this.lock.lock();
		try {
			added = this.owned.computeIfAbsent(number, (any) -> create(number, partition));
			if (this.host != null) {
				added.start(this.host);
			}
		}
		finally {
			this.lock.unlock();
		}
		return new LeadershipListener() {
			@Override
			public void leaderReady(long term) {
				added.leaderReady(term);
			}

			@Override
			public void leaderLost() {
				added.leaderLost();
			}

			@Override
			public void failed(Throwable cause) {
				logger.error("The replica of partition {} has failed", number, cause);
				added.leaderLost();
			}
		};
	}

	private OwnedPartition create(int number, Supplier<ReplicatedPartition> partition) {
		StoreIdentity identity = (this.partitions == 1) ? StoreIdentity.SOLE
				: new StoreIdentity(number, this.partitions);
		return new OwnedPartition(identity, partition, this.maxEntryBytes, System::nanoTime, Executors
			.newSingleThreadScheduledExecutor((task) -> this.threads.platform("kraft-owner-" + number, task)));
	}

	/**
	 * The lease of a partition that is owned here; empty if it is not.
	 */
	public Optional<Lease> lease(int number) {
		OwnedPartition found = this.owned.get(number);
		return (found != null) ? found.lease() : Optional.empty();
	}

	/**
	 * Hands a partition over: its steps get the patience to end, and another node leads.
	 * @return fails if that node does not lead; then this one continues
	 */
	public CompletableFuture<Void> handOver(int number, Peer to, Duration patience) {
		return Objects.requireNonNull(this.owned.get(number), "it has no replica here").handOver(to, patience);
	}

	@Override
	public void start(PartitionHost host) {
		this.lock.lock();
		try {
			this.host = host;
			this.owned.values().forEach((partition) -> partition.start(host));
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void failed(int number, KraftException cause) {
		logger.info("Partition {} ends its ownership here: {}", number, cause.getMessage());
		OwnedPartition found = this.owned.get(number);
		if (found != null) {
			found.failed();
		}
	}

	@Override
	public @Nullable KraftException failure() {
		return null;
	}

	@Override
	public void stop(Duration patience) {
		PartitionHost stopped;
		this.lock.lock();
		try {
			stopped = this.host;
			this.host = null;
		}
		finally {
			this.lock.unlock();
		}
		List<OwnedPartition> all = List.copyOf(this.owned.values());
		all.forEach((partition) -> partition.leaveToHost().join());
		try {
			if (stopped != null) {
				stopped.stop(patience);
			}
		}
		finally {
			all.forEach((partition) -> partition.released().join());
		}
	}

	/**
	 * Ends the threads, once the engine has stopped.
	 */
	@Override
	public void close() {
		this.owned.values().forEach(OwnedPartition::close);
	}

}
