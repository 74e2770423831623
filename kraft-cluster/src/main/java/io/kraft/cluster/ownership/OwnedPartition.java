package io.kraft.cluster.ownership;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import io.kraft.cluster.replication.EntryCodec;
import io.kraft.cluster.replication.EntryResult;
import io.kraft.cluster.replication.Fence;
import io.kraft.cluster.replication.Leadership;
import io.kraft.cluster.replication.LogEntry;
import io.kraft.cluster.replication.Peer;
import io.kraft.cluster.replication.ReplicatedKeys;
import io.kraft.engine.hosting.PartitionHost;
import io.kraft.engine.partition.Lease;
import io.kraft.engine.store.StoreIdentity;
import io.kraft.engine.store.kv.KvStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ownership of one partition at this node, over its life: not here, or opened in a
 * term. All decisions are taken on one thread of its own, in the order of what happened;
 * whatever it is notified of is looked at again then.
 */
final class OwnedPartition {

	private static final Logger logger = LoggerFactory.getLogger(OwnedPartition.class);

	private static final long RETRY_MILLIS = 100;

	/** More failures in a minute, and another node may do better. */
	private static final int MAX_FAILURES = 5;

	private static final long FAILURES_NANOS = Duration.ofMinutes(1).toNanos();

	private final StoreIdentity identity;

	private final Supplier<ReplicatedPartition> partition;

	private final int maxEntryBytes;

	private final LongSupplier nanoTime;

	private final ScheduledExecutorService thread;

	private final Deque<Long> failures = new ArrayDeque<>();

	private @Nullable PartitionHost host;

	/** In which this node leads and is ready; 0 if it is not known to. */
	private long term;

	private Fence tried = Fence.NONE;

	private volatile boolean isHosted;

	private volatile @Nullable LeaseGuard lease;

	OwnedPartition(StoreIdentity identity, Supplier<ReplicatedPartition> partition, int maxEntryBytes,
			LongSupplier nanoTime, ScheduledExecutorService thread) {
		this.identity = identity;
		this.partition = partition;
		this.maxEntryBytes = maxEntryBytes;
		this.nanoTime = nanoTime;
		this.thread = thread;
	}

	/** The lease of the present ownership. */
	Optional<Lease> lease() {
		return this.isHosted ? Optional.ofNullable(this.lease) : Optional.empty();
	}

	/** The engine has started. */
	void start(PartitionHost host) {
		later(() -> {
			this.host = host;
			open();
		});
	}

	/**
	 * The engine stops: nothing is opened any more. What is hosted is released by the
	 * caller, who then ends the lease.
	 */
	CompletableFuture<Void> leaveToHost() {
		return ask(() -> {
			this.host = null;
			this.isHosted = false;
		});
	}

	/** What was hosted has been released. */
	CompletableFuture<Void> released() {
		return ask(this::endLease);
	}

	private CompletableFuture<Void> ask(Runnable task) {
		CompletableFuture<Void> done = new CompletableFuture<>();
		later(() -> {
			task.run();
			done.complete(null);
		});
		return done;
	}

	void leaderReady(long term) {
		later(() -> {
			if (term != this.term) {
				release();
				this.term = term;
				this.tried = Fence.NONE;
			}
			open();
		});
	}

	/** Any thread: what was certain is not, until it is confirmed again. */
	void leaderLost() {
		LeaseGuard present = this.lease;
		if (present != null) {
			present.doubt();
		}
		later(this::look);
	}

	/** The hosted partition has failed: most often it could not write. */
	void failed() {
		later(() -> {
			if (this.isHosted) {
				release();
				retry();
			}
		});
	}

	/**
	 * Releases it quietly, and lets another node lead.
	 * @return fails if that node does not lead; then it is opened again here
	 */
	CompletableFuture<Void> handOver(Peer to, Duration patience) {
		CompletableFuture<Void> done = new CompletableFuture<>();
		later(() -> {
			release(patience);
			try {
				this.partition.get().log().transferTo(to).toCompletableFuture().join();
				done.complete(null);
			}
			catch (CompletionException ex) {
				done.completeExceptionally(ex);
			}
			look();
		});
		return done;
	}

	private void later(Runnable task) {
		try {
			this.thread.execute(() -> guarded(task));
		}
		catch (RejectedExecutionException ex) {
			// It is closed, and owns nothing.
		}
	}

	private void soon(Runnable task) {
		try {
			Future<?> unused = this.thread.schedule(() -> guarded(task), RETRY_MILLIS, TimeUnit.MILLISECONDS);
		}
		catch (RejectedExecutionException ex) {
			// As above.
		}
	}

	private static void guarded(Runnable task) {
		try {
			task.run();
		}
		catch (RuntimeException ex) {
			logger.error("A change of the owner of a partition has failed", ex);
		}
	}

	/** Whether this node still leads; it hosts nothing else. */
	private void look() {
		if (this.term == 0) {
			return;
		}
		if (!isLeader()) {
			release();
			this.term = 0;
		}
		else if (this.isHosted) {
			// It may still be about to step down.
			soon(this::lookAgain);
		}
		else {
			open();
		}
	}

	private void lookAgain() {
		if (this.term != 0 && !isLeader()) {
			release();
			this.term = 0;
		}
	}

	private boolean isLeader() {
		Leadership now = this.partition.get().log().leadership();
		return now.isLeader() && now.term() == this.term;
	}

	private void open() {
		PartitionHost present = this.host;
		if (present == null || this.term == 0 || this.isHosted) {
			return;
		}
		ReplicatedPartition replicated = this.partition.get();
		Fence fence = Fence.next(this.term, replicated.replica().fence(), this.tried);
		this.tried = fence;
		EntryResult result;
		try {
			result = replicated.log()
				.propose(EntryCodec.encode(new LogEntry.Opening(fence)))
				.toCompletableFuture()
				.join();
		}
		catch (CompletionException ex) {
			logger.info("Partition {} was not opened in term {}: {}", number(), this.term, ex.getMessage());
			retry();
			return;
		}
		if (result != EntryResult.APPLIED) {
			// Another owner has a greater fence.
			this.term = 0;
			return;
		}
		take(present, replicated, fence);
	}

	private void take(PartitionHost present, ReplicatedPartition replicated, Fence fence) {
		LeaseGuard guard = new LeaseGuard(replicated.log(), this.term, this.nanoTime, () -> later(this::look));
		this.lease = guard;
		try {
			present.take(number(), () -> KvStore.open(new ReplicatedKeys(number(), replicated.log(),
					replicated.replica().local(), fence, this.maxEntryBytes), true, this.identity), guard);
			this.isHosted = true;
			logger.info("Partition {} is owned here, in term {}", number(), this.term);
		}
		catch (RuntimeException ex) {
			endLease();
			logger.info("Partition {} was not taken in term {}: {}", number(), this.term, ex.getMessage());
			retry();
		}
	}

	/** Another ownership of the same term, or, after several failures, another node. */
	private void retry() {
		if (!isLeader()) {
			this.term = 0;
			return;
		}
		ReplicatedPartition replicated = this.partition.get();
		long at = this.nanoTime.getAsLong();
		this.failures.add(at);
		while (at - this.failures.getFirst() > FAILURES_NANOS) {
			this.failures.removeFirst();
		}
		if (this.failures.size() > MAX_FAILURES && !replicated.others().isEmpty()) {
			this.failures.clear();
			logger.warn("Partition {} could not be opened here several times: another node shall own it", number());
			replicated.log().transferTo(replicated.others().iterator().next());
		}
		soon(this::open);
	}

	/** As a crash would: nothing is recorded any more. */
	private void release() {
		release(Duration.ZERO);
	}

	private void release(Duration patience) {
		PartitionHost present = this.host;
		if (this.isHosted && present != null) {
			if (patience.isZero()) {
				endLease();
			}
			this.isHosted = false;
			present.release(number(), patience);
			endLease();
			logger.info("Partition {} is not owned here any more", number());
		}
	}

	private void endLease() {
		LeaseGuard present = this.lease;
		if (present != null) {
			present.end();
			this.lease = null;
		}
	}

	private int number() {
		return this.identity.partition();
	}

	void close() {
		this.thread.shutdownNow();
	}

}
