package io.kraft.engine.hosting;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import io.kraft.client.EngineStoppedException;
import io.kraft.engine.channel.ChannelBarrier;
import io.kraft.engine.definition.ScheduleCatalog;
import io.kraft.engine.execution.NodeResources;
import io.kraft.engine.partition.Lease;
import io.kraft.engine.routing.PartitionMap;
import io.kraft.engine.store.Store;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * The partitions that a node hosts at this moment. Thread-safe; a partition is taken and
 * released by one thread at a time.
 */
public final class PartitionHost implements Partitions {

	private final PartitionMap map;

	private final NodeResources node;

	private final ScheduleCatalog schedules;

	private final boolean firesSchedules;

	private final PartitionListener listener;

	private final Ownership ownership;

	private final Map<Integer, HostedPartition> hosted = new ConcurrentSkipListMap<>();

	private final ChannelBarrier barrier = new ChannelBarrier();

	private final ReentrantLock lock = new ReentrantLock();

	/** Partitions that are being taken. */
	private final Set<Integer> taking = ConcurrentHashMap.newKeySet();

	private final StorePreparation preparation;

	private boolean begun;

	private volatile @Nullable Elsewhere elsewhere;

	/**
	 * A host of no partition, that takes stores as they are.
	 */
	public PartitionHost(PartitionMap map, NodeResources node, ScheduleCatalog schedules, boolean firesSchedules,
			PartitionListener listener, Ownership ownership) {
		this(map, node, schedules, firesSchedules, listener, ownership, StorePreparation.NONE);
	}

	/**
	 * A host of no partition.
	 * @param schedules of the application; each partition fires those whose home it is
	 * @param firesSchedules whether they are fired at all
	 * @param listener is notified of what becomes durable
	 * @param ownership is notified of partitions that fail
	 * @param preparation of each store that is taken
	 */
	public PartitionHost(PartitionMap map, NodeResources node, ScheduleCatalog schedules, boolean firesSchedules,
			PartitionListener listener, Ownership ownership, StorePreparation preparation) {
		this.map = map;
		this.node = node;
		this.schedules = schedules;
		this.firesSchedules = firesSchedules;
		this.listener = listener;
		this.ownership = ownership;
		this.preparation = preparation;
	}

	@Override
	public PartitionMap map() {
		return this.map;
	}

	/**
	 * Takes a partition that is not hosted here, and continues its runs, once the engine
	 * has begun. Nothing is left open when this throws.
	 * @param number 0 to the number of partitions, excluded
	 * @param store opens its store, which is closed with it; not called if the partition
	 * is hosted or being taken
	 * @param lease of its ownership
	 * @throws IllegalStateException if the partition is hosted here, also where it has
	 * failed and was not released, or is being taken
	 */
	public void take(int number, Supplier<Store> store, Lease lease) {
		if (number < 0 || number >= this.map.partitions()) {
			throw new IllegalArgumentException(
					"there is no partition " + number + " of " + this.map.partitions() + " to be taken");
		}
		if (!this.taking.add(number)) {
			throw new IllegalStateException("partition " + number + " is being taken here already");
		}
		try {
			if (this.hosted.containsKey(number)) {
				throw new IllegalStateException(
						"partition " + number + " is hosted here already: it is to be released before");
			}
			takeFree(number, store, lease);
		}
		finally {
			this.taking.remove(number);
		}
	}

	private void takeFree(int number, Supplier<Store> store, Lease lease) {
		HostedPartition taken = HostedPartition.open(number, this.preparation.open(number, store), lease, this,
				this.schedules, this.listener);
		taken.supervision().whenFailed((cause) -> this.ownership.failed(number, cause));
		this.lock.lock();
		try {
			this.hosted.put(number, taken);
			if (this.begun) {
				start(taken, true);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void start(HostedPartition taken, boolean takenOver) {
		try {
			taken.start(this.firesSchedules, takenOver);
		}
		catch (Throwable ex) {
			this.hosted.remove(taken.number());
			taken.abandon(ex);
			throw ex;
		}
	}

	/**
	 * Lets its partitions reach those of other nodes. Without, those that are not hosted
	 * here are not reached.
	 */
	public void connect(Elsewhere elsewhere) {
		this.elsewhere = elsewhere;
	}

	/**
	 * Reaches a partition that is not hosted here; null if it is, or nothing reaches
	 * others.
	 */
	@Nullable Elsewhere elsewhere(int number) {
		return this.hosted.containsKey(number) ? null : this.elsewhere;
	}

	/**
	 * Continues the runs of what was taken, and of what is taken from now on.
	 */
	public void begin() {
		this.lock.lock();
		try {
			this.begun = true;
			this.hosted.values().forEach((taken) -> start(taken, false));
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Releases a partition, and closes its store. Has no effect if it is not hosted here.
	 * @param patience for steps that run; zero stops immediately, as a crash would
	 */
	public void release(int number, Duration patience) {
		HostedPartition released = this.hosted.get(number);
		if (released != null) {
			released.stop(patience);
			this.hosted.remove(number, released);
			// Its runs are counted by its next owner.
			this.node.limits().leave(number);
		}
	}

	/**
	 * Stops all partitions at the same time, and closes their stores. They can still be
	 * asked how they were.
	 * @param patience as in {@link #release}
	 */
	public void stop(Duration patience) {
		this.barrier.end();
		List<HostedPartition> all = List.copyOf(this.hosted.values());
		List<Thread> others = new ArrayList<>();
		for (HostedPartition other : all.subList(Math.min(1, all.size()), all.size())) {
			Thread thread = this.node.threads().platform("kraft-stop-" + other.number(), () -> other.stop(patience));
			thread.start();
			others.add(thread);
		}
		try {
			all.stream().findFirst().ifPresent((first) -> first.stop(patience));
		}
		finally {
			others.forEach(PartitionHost::join);
		}
	}

	private static void join(Thread thread) {
		boolean interrupted = false;
		while (thread.isAlive()) {
			try {
				thread.join();
			}
			catch (InterruptedException ex) {
				interrupted = true;
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Ends all after a start that failed, whatever else fails then.
	 * @param cause gets what fails as suppressed
	 */
	public void abandon(Throwable cause) {
		this.barrier.end();
		this.hosted.values().forEach((partition) -> partition.abandon(cause));
		this.hosted.clear();
	}

	/**
	 * Fails all, because something has failed that they share. Does not block; a second
	 * call has no effect.
	 */
	public void fail(KraftException cause) {
		this.hosted.values().forEach((partition) -> partition.supervision().fail(cause));
	}

	@Override
	public HostedPartition of(String id) {
		return at(this.map.of(id));
	}

	@Override
	public HostedPartition ofSchedule(String name) {
		return at(this.map.ofSchedule(name));
	}

	@Override
	public HostedPartition at(int number) {
		HostedPartition hosted = this.hosted.get(number);
		if (hosted == null) {
			throw new EngineStoppedException("partition " + number + " is not hosted here at this moment. What was "
					+ "acknowledged is safe. See docs/reference/errors.md#kraft-3007");
		}
		return hosted;
	}

	@Override
	public List<HostedPartition> each() {
		return IntStream.range(0, this.map.partitions()).mapToObj(this::at).toList();
	}

	@Override
	public ChannelBarrier barrier() {
		return this.barrier;
	}

	@Override
	public Collection<HostedPartition> all() {
		return this.hosted.values();
	}

	@Override
	public NodeResources node() {
		return this.node;
	}

}
