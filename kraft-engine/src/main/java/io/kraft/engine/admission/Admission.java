package io.kraft.engine.admission;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.definition.Definitions;
import io.kraft.engine.definition.QueueCatalog;
import io.kraft.engine.run.AwaitedChildren.Child;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.QueueAttempt;
import io.kraft.engine.store.RunFilter;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.RunSlice;
import io.kraft.engine.store.Store;
import io.kraft.workflow.WorkQueue;
import org.jspecify.annotations.Nullable;

/**
 * Which runs may begin: a limit for each workflow and queue that has one or is paused.
 * The others cost nothing. Thread-safe.
 */
public final class Admission {

	private static final int PAGE = 256;

	private final Map<String, ConcurrencyLimit> limits = new ConcurrentHashMap<>();

	/**
	 * Counts what has begun before. An item that waits for its next attempt has no place.
	 */
	public Admission(Definitions definitions, Store store) {
		definitions.workflows()
			.limits()
			.forEach((name, max) -> this.limits.put(name, new ConcurrencyLimit(max,
					begun(store, name, WorkflowStatus.RUNNING, WorkflowStatus.SUSPENDED), null)));
		for (WorkQueue queue : definitions.queues().declared()) {
			if (queue.isLimited()) {
				this.limits.put(QueueCatalog.workflowName(queue.name()), limit(queue, store));
			}
		}
		store.pausedQueues().forEach((queue) -> pause(queue, true));
	}

	private static ConcurrencyLimit limit(WorkQueue queue, Store store) {
		int max = Objects.requireNonNullElse(queue.concurrency(), Integer.MAX_VALUE);
		int maxHere = Objects.requireNonNullElse(queue.concurrencyPerNode(), Integer.MAX_VALUE);
		WorkQueue.Rate limit = queue.rate();
		RateLimit rate = (limit != null) ? new RateLimit(limit, store.queueAttempts(queue.name())) : null;
		return new ConcurrencyLimit(Math.min(max, maxHere),
				begun(store, QueueCatalog.workflowName(queue.name()), WorkflowStatus.RUNNING), rate);
	}

	private static Map<Long, Boolean> begun(Store store, String name, WorkflowStatus... statuses) {
		Map<Long, Boolean> runs = new HashMap<>();
		RunFilter filter = new RunFilter(name, Set.of(statuses), Map.of(), null, null);
		long before = Long.MAX_VALUE;
		while (before > 0) {
			RunSlice slice = store.runs(filter, before, PAGE);
			slice.rows().forEach((row) -> runs.put(row.number(), row.status() == WorkflowStatus.SUSPENDED));
			before = slice.nextBefore();
		}
		return runs;
	}

	/**
	 * Whether one more may begin.
	 */
	boolean admits(String workflow, InstantSource clock) {
		ConcurrencyLimit limit = this.limits.get(workflow);
		return limit == null || limit.admits(clock);
	}

	/**
	 * Whether there is a limit, or was a pause.
	 */
	boolean hasLimit(String workflow) {
		return this.limits.containsKey(workflow);
	}

	/**
	 * When one more may begin, if nothing happens before; null if something must, and if
	 * there is no limit.
	 */
	@Nullable Instant opensAt(String workflow, InstantSource clock) {
		ConcurrencyLimit limit = this.limits.get(workflow);
		return (limit != null) ? limit.opensAt(clock) : null;
	}

	/**
	 * Reserves a place for a run that is about to be created, if there is one: to be
	 * taken or given back.
	 */
	public boolean tryReserve(String workflow) {
		ConcurrencyLimit limit = this.limits.get(workflow);
		return limit == null || limit.tryReserve();
	}

	/**
	 * The place that was reserved is not needed.
	 */
	public void giveBack(String workflow) {
		ConcurrencyLimit limit = this.limits.get(workflow);
		if (limit != null) {
			limit.giveBack();
		}
	}

	/**
	 * A run takes the place that was reserved for it.
	 */
	public void take(String workflow, long run) {
		ConcurrencyLimit limit = this.limits.get(workflow);
		if (limit != null) {
			limit.take(run);
		}
	}

	/**
	 * A run begins, or continues, in any case.
	 */
	public void begin(String workflow, long run) {
		ConcurrencyLimit limit = this.limits.get(workflow);
		if (limit != null) {
			limit.begin(run);
		}
	}

	/**
	 * Lets a run begin that waited for its turn, if there is a place.
	 */
	public boolean tryBegin(String workflow, long run, InstantSource clock) {
		ConcurrencyLimit limit = this.limits.get(workflow);
		return limit == null || limit.tryBegin(run, clock);
	}

	/**
	 * Counts the attempt that a run is about to make.
	 * @return to be made durable before it is made
	 */
	public List<Change> count(RunRow row, Instant now) {
		ConcurrencyLimit limit = this.limits.get(row.name());
		return (limit != null && row.step() != null)
				? limit.count(new QueueAttempt(QueueCatalog.queueName(row.name()), now, row.number())) : List.of();
	}

	/**
	 * A run has ended, or is paused, or gives up its place while it waits.
	 */
	public void end(String workflow, long run) {
		ConcurrencyLimit limit = this.limits.get(workflow);
		if (limit != null) {
			limit.end(run);
		}
	}

	/**
	 * A run will not begin: it has ended, or is no more. Its workflow need not be known.
	 */
	public void end(long run) {
		this.limits.values().forEach((limit) -> limit.end(run));
	}

	/**
	 * A run waits for nothing but children: see {@link Places#waits}.
	 * @return whether it has reported so for the first time since it has its place
	 */
	boolean waits(String workflow, long run, List<Child> children) {
		ConcurrencyLimit limit = this.limits.get(workflow);
		return limit != null && limit.waits(run, children.stream().map(Child::id).collect(Collectors.toSet()));
	}

	/**
	 * A run waits no more for children only.
	 */
	public void continues(String workflow, long run) {
		ConcurrencyLimit limit = this.limits.get(workflow);
		if (limit != null) {
			limit.continues(run);
		}
	}

	/**
	 * As {@link #continues(String, long)}, of a run whose workflow is not at hand.
	 */
	public void continues(long run) {
		this.limits.values().forEach((limit) -> limit.continues(run));
	}

	/**
	 * Whether a run has a place in the limit of a workflow.
	 */
	public boolean hasPlace(String workflow, long run) {
		ConcurrencyLimit limit = this.limits.get(workflow);
		return limit != null && limit.has(run);
	}

	/**
	 * A child may begin on the place of a run, or has: see {@link Places#request}.
	 */
	boolean request(long lender, RunRow child, String link) {
		ConcurrencyLimit limit = this.limits.get(child.name());
		return limit != null && limit.request(lender, child, link);
	}

	/**
	 * Lets a child begin on the place of a run that waits for it.
	 * @return null if there is none
	 */
	@Nullable RunRow lend() {
		return this.limits.values()
			.stream()
			.map(ConcurrencyLimit::lend)
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
	}

	/**
	 * Whether a child may begin on the place of another run.
	 */
	boolean mayLend() {
		return this.limits.values().stream().anyMatch(ConcurrencyLimit::mayLend);
	}

	/**
	 * See {@link Places#takeUnreported}.
	 */
	Collection<Long> takeUnreported(String workflow) {
		ConcurrencyLimit limit = this.limits.get(workflow);
		return (limit != null) ? limit.takeUnreported() : List.of();
	}

	/**
	 * Closes a queue, or lets it continue.
	 */
	public void pause(String queue, boolean paused) {
		this.limits
			.computeIfAbsent(QueueCatalog.workflowName(queue),
					(name) -> new ConcurrencyLimit(Integer.MAX_VALUE, Map.of(), null))
			.pause(paused);
	}

	public boolean isPaused(String queue) {
		ConcurrencyLimit limit = this.limits.get(QueueCatalog.workflowName(queue));
		return limit != null && limit.isPaused();
	}

}
