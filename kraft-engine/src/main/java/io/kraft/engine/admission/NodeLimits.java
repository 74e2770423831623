package io.kraft.engine.admission;

import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BooleanSupplier;

import io.kraft.engine.definition.Definitions;
import io.kraft.engine.definition.QueueCatalog;
import io.kraft.engine.store.QueueAttempt;
import io.kraft.engine.store.Store;
import io.kraft.workflow.WorkQueue;
import org.jspecify.annotations.Nullable;

/**
 * The limits of a node, over all its partitions: one for each workflow and queue that has
 * one or is paused. The others cost nothing. Thread-safe.
 * <p>
 * A partition that is taken adds what it has begun, and takes that with it when it is
 * released. One that has failed keeps its places, because its runs are still begun in its
 * store. What opens a limit for another partition wakes that one's loader.
 */
public final class NodeLimits {

	/** Of which all partitions look. */
	static final int NO_PARTITION = -1;

	private final Map<String, ConcurrencyLimit> limits = new ConcurrentHashMap<>();

	private final Map<Integer, Admission> partitions = new ConcurrentSkipListMap<>();

	private final InstantSource clock;

	/**
	 * Limits at which nothing has begun.
	 */
	public NodeLimits(Definitions definitions, InstantSource clock) {
		this.clock = clock;
		definitions.workflows()
			.limits()
			.forEach((name, max) -> this.limits.put(name, new ConcurrencyLimit(max, null, clock)));
		for (WorkQueue queue : definitions.queues().declared()) {
			if (queue.isLimited()) {
				this.limits.put(QueueCatalog.workflowName(queue.name()), limit(queue));
			}
		}
	}

	private ConcurrencyLimit limit(WorkQueue queue) {
		int max = Objects.requireNonNullElse(queue.concurrency(), Integer.MAX_VALUE);
		int maxHere = Objects.requireNonNullElse(queue.concurrencyPerNode(), Integer.MAX_VALUE);
		WorkQueue.Rate rate = queue.rate();
		return new ConcurrencyLimit(Math.min(max, maxHere), (rate != null) ? new RateLimit(rate) : null, this.clock);
	}

	/**
	 * Adds what a partition has begun before, and what is paused there.
	 * @param isWriting whether what the partition commits can become durable
	 * @return the limits, as its runs see them
	 */
	public Admission join(int partition, Store store, BooleanSupplier isWriting) {
		leave(partition);
		BegunRuns begun = new BegunRuns(store);
		this.limits.forEach((name, limit) -> limit.join(partition, begun.of(name), attempts(store, name, limit)));
		store.pausedQueues().forEach((queue) -> pause(queue, true));
		Admission admission = new Admission(partition, this, isWriting);
		this.partitions.put(partition, admission);
		return admission;
	}

	private static List<QueueAttempt> attempts(Store store, String name, ConcurrencyLimit limit) {
		return limit.hasRate() ? store.queueAttempts(QueueCatalog.queueName(name)) : List.of();
	}

	/**
	 * Removes the runs of a partition that is released. Has no effect if there are none.
	 */
	public void leave(int partition) {
		if (this.partitions.remove(partition) != null) {
			this.limits.values().forEach((limit) -> {
				limit.leave(partition);
				offer(limit, partition);
			});
		}
	}

	/**
	 * A partition takes no turns any more.
	 */
	void close(int partition) {
		this.limits.values().forEach((limit) -> {
			limit.close(partition);
			offer(limit, partition);
		});
	}

	@Nullable ConcurrencyLimit find(String workflow) {
		return this.limits.get(workflow);
	}

	Collection<ConcurrencyLimit> all() {
		return this.limits.values();
	}

	/**
	 * The limits as a partition sees them; null if it is not here.
	 */
	@Nullable Admission at(int partition) {
		return this.partitions.get(partition);
	}

	/**
	 * Has the partitions look whose turn it is at a limit that may have opened. Also the
	 * own one: what is offered to one that does not look is lost.
	 * @param own the partition that has changed something; if it is alone, it looks by
	 * itself
	 */
	void offer(ConcurrencyLimit limit, int own) {
		if (this.partitions.size() > 1 || !this.partitions.containsKey(own)) {
			limit.offer().forEach(this::wake);
			limit.inform().forEach(this::wake);
		}
	}

	private void wake(int partition) {
		Admission admission = at(partition);
		if (admission != null) {
			admission.wake();
		}
	}

	/**
	 * Names of the workflows with a limit at which partitions wait for their turn.
	 */
	Collection<String> awaited() {
		return this.limits.entrySet()
			.stream()
			.filter((entry) -> entry.getValue().isAwaited())
			.map(Map.Entry::getKey)
			.toList();
	}

	/**
	 * Closes a queue, or lets it continue.
	 */
	void pause(String queue, boolean paused) {
		ConcurrencyLimit limit = this.limits.computeIfAbsent(QueueCatalog.workflowName(queue),
				(name) -> new ConcurrencyLimit(Integer.MAX_VALUE, null, this.clock));
		limit.pause(paused);
		offer(limit, NO_PARTITION);
	}

	/**
	 * The queues that are paused.
	 */
	SortedSet<String> paused() {
		SortedSet<String> paused = new TreeSet<>();
		this.limits.forEach((name, limit) -> {
			if (limit.isPaused()) {
				paused.add(QueueCatalog.queueName(name));
			}
		});
		return paused;
	}

}
