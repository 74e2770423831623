package io.kraft.engine.admission;

import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.kraft.engine.definition.QueueCatalog;
import io.kraft.engine.run.AwaitedChildren.Child;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.RunRow;
import org.jspecify.annotations.Nullable;

/**
 * Which runs of a partition may begin: the {@link NodeLimits}, as one partition sees
 * them. Thread-safe.
 * <p>
 * A place is free only when what frees it is durable. So nothing gives one back once the
 * partition does not write any more: what was not written may have been.
 */
public final class Admission {

	private final int partition;

	private final NodeLimits limits;

	private final BooleanSupplier isWriting;

	/** Limits at which the partition waits. Used by the loader's thread. */
	private final Set<String> awaited = new HashSet<>();

	private Runnable signal = () -> {
	};

	private @Nullable Lending lending;

	private boolean closed;

	Admission(int partition, NodeLimits limits, BooleanSupplier isWriting) {
		this.partition = partition;
		this.limits = limits;
		this.isWriting = isWriting;
	}

	/**
	 * Sets what has the loader look, because a limit may have opened. Must not block.
	 */
	public synchronized void whenOpened(Runnable signal) {
		this.signal = signal;
	}

	synchronized void wake() {
		if (!this.closed) {
			this.signal.run();
		}
	}

	synchronized void lendBy(Lending lending) {
		this.lending = lending;
	}

	/**
	 * The lending of a partition; null if it is not here, or loads nothing any more.
	 */
	@Nullable Lending lendingOf(int other) {
		Admission admission = (other == this.partition) ? this : this.limits.at(other);
		return (admission != null) ? admission.lending() : null;
	}

	private synchronized @Nullable Lending lending() {
		return this.closed ? null : this.lending;
	}

	/**
	 * Nothing of the partition is loaded any more: it takes no turns, and gives up none
	 * of its places.
	 */
	public void close() {
		synchronized (this) {
			this.closed = true;
		}
		this.limits.close(this.partition);
	}

	/**
	 * Whether one more may begin.
	 */
	boolean admits(String workflow) {
		ConcurrencyLimit limit = this.limits.find(workflow);
		return limit == null || limit.admits(this.partition);
	}

	/**
	 * As {@link #admits}; if none may, the loader looks again when it is this partition's
	 * turn. For the loader's thread.
	 */
	boolean admitsOrAwait(String workflow) {
		ConcurrencyLimit limit = this.limits.find(workflow);
		if (limit == null || limit.admitsOrAwait(this.partition)) {
			return true;
		}
		this.awaited.add(workflow);
		// It may be open to others, who do not know.
		this.limits.offer(limit, this.partition);
		return false;
	}

	/**
	 * Whether a workflow has no limit, or the partition waits for its turn there.
	 */
	boolean isAwaited(String workflow) {
		ConcurrencyLimit limit = this.limits.find(workflow);
		return limit == null || limit.isAwaitedBy(this.partition);
	}

	/**
	 * Waits no more at the limits of some workflows. For the loader's thread.
	 */
	void withdraw(Predicate<String> workflows) {
		this.awaited.removeIf((workflow) -> {
			boolean isWithdrawn = workflows.test(workflow);
			if (isWithdrawn) {
				change(workflow, (limit) -> limit.withdraw(this.partition));
			}
			return isWithdrawn;
		});
	}

	/**
	 * Whether there is a limit, or was a pause.
	 */
	boolean hasLimit(String workflow) {
		return this.limits.find(workflow) != null;
	}

	/**
	 * When one more may begin, if nothing happens before; null if something must, and if
	 * there is no limit.
	 */
	@Nullable Instant opensAt(String workflow) {
		ConcurrencyLimit limit = this.limits.find(workflow);
		return (limit != null) ? limit.looksAt(this.partition) : null;
	}

	/**
	 * Reserves a place for a run that is about to be created, if there is one: to be
	 * taken or given back.
	 */
	public boolean tryReserve(String workflow) {
		ConcurrencyLimit limit = this.limits.find(workflow);
		return limit == null || limit.tryReserve(this.partition);
	}

	/**
	 * The place that was reserved is not needed.
	 */
	public void giveBack(String workflow) {
		ConcurrencyLimit limit = this.limits.find(workflow);
		if (limit != null && this.isWriting.getAsBoolean()) {
			limit.giveBack(this.partition);
			// Its own loader may have looked meanwhile, too.
			this.limits.offer(limit, NodeLimits.NO_PARTITION);
		}
	}

	/**
	 * A run takes the place that was reserved for it.
	 */
	public void take(String workflow, long run) {
		ConcurrencyLimit limit = this.limits.find(workflow);
		if (limit != null) {
			limit.take(here(run));
		}
	}

	/**
	 * A run begins, or continues, in any case.
	 */
	public void begin(String workflow, long run) {
		ConcurrencyLimit limit = this.limits.find(workflow);
		if (limit != null) {
			limit.begin(here(run));
		}
	}

	/**
	 * Lets a run begin that waited for its turn, if there is a place.
	 */
	public boolean tryBegin(String workflow, long run) {
		ConcurrencyLimit limit = this.limits.find(workflow);
		if (limit == null) {
			return true;
		}
		boolean begins = limit.tryBegin(here(run));
		// There may be more for the next partition, whose turn it was not before.
		this.limits.offer(limit, this.partition);
		return begins;
	}

	/**
	 * Counts the attempt that a run is about to make.
	 * @return to be made durable before it is made
	 */
	public List<Change> count(RunRow row) {
		ConcurrencyLimit limit = this.limits.find(row.name());
		return (limit != null && row.step() != null)
				? limit.count(this.partition, QueueCatalog.queueName(row.name()), row.number()) : List.of();
	}

	/**
	 * A run has ended, or is paused, or gives up its place while it waits; and that is
	 * durable.
	 */
	public void end(String workflow, long run) {
		if (this.isWriting.getAsBoolean()) {
			change(workflow, (limit) -> limit.end(here(run)));
		}
	}

	/**
	 * A run will not begin: it has ended, or is no more. Its workflow need not be known.
	 */
	public void end(long run) {
		if (this.isWriting.getAsBoolean()) {
			this.limits.all().forEach((limit) -> change(limit, (changed) -> changed.end(here(run))));
		}
	}

	private void change(String workflow, Consumer<ConcurrencyLimit> change) {
		ConcurrencyLimit limit = this.limits.find(workflow);
		if (limit != null) {
			change(limit, change);
		}
	}

	private void change(ConcurrencyLimit limit, Consumer<ConcurrencyLimit> change) {
		change.accept(limit);
		this.limits.offer(limit, this.partition);
	}

	/**
	 * A run waits for nothing but children: see {@link Places#waits}.
	 * @return whether it has reported so for the first time since it has its place
	 */
	boolean waits(String workflow, long run, List<Child> children) {
		ConcurrencyLimit limit = this.limits.find(workflow);
		if (limit == null) {
			return false;
		}
		boolean isFirst = limit.waits(here(run), children.stream().map(Child::id).collect(Collectors.toSet()));
		this.limits.offer(limit, this.partition);
		return isFirst;
	}

	/**
	 * A run waits no more for children only.
	 */
	public void continues(String workflow, long run) {
		ConcurrencyLimit limit = this.limits.find(workflow);
		if (limit != null) {
			limit.continues(here(run));
		}
	}

	/**
	 * As {@link #continues(String, long)}, of a run whose workflow is not at hand.
	 */
	public void continues(long run) {
		this.limits.all().forEach((limit) -> limit.continues(here(run)));
	}

	/**
	 * Whether a run has a place in the limit of a workflow.
	 */
	public boolean hasPlace(String workflow, long run) {
		ConcurrencyLimit limit = this.limits.find(workflow);
		return limit != null && limit.has(here(run));
	}

	/**
	 * A child may begin on the place of a run of this partition, or has: see
	 * {@link Places#request}.
	 * @param partition of the child
	 */
	boolean request(long lender, int partition, RunRow child, String link) {
		ConcurrencyLimit limit = this.limits.find(child.name());
		if (limit == null) {
			return false;
		}
		boolean isUnheard = limit.request(here(lender), partition, child, link);
		this.limits.offer(limit, this.partition);
		return isUnheard;
	}

	/**
	 * Lets a child in this partition begin on the place of a run that waits for it.
	 * @return null if there is none
	 */
	@Nullable RunRow lend() {
		return this.limits.all()
			.stream()
			.map((limit) -> limit.lend(this.partition))
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
	}

	/**
	 * Whether a child in this partition may begin on the place of another run.
	 */
	boolean mayLend() {
		return this.limits.all().stream().anyMatch((limit) -> limit.mayLend(this.partition));
	}

	/**
	 * See {@link Places#takeUnreported}.
	 */
	Collection<NodeRun> takeUnreported(String workflow) {
		ConcurrencyLimit limit = this.limits.find(workflow);
		return (limit != null) ? limit.takeUnreported() : List.of();
	}

	/**
	 * See {@link NodeLimits#awaited}.
	 */
	Collection<String> awaited() {
		return this.limits.awaited();
	}

	/**
	 * The number of the partition.
	 */
	int partition() {
		return this.partition;
	}

	private NodeRun here(long run) {
		return new NodeRun(this.partition, run);
	}

	/**
	 * Closes a queue in all partitions, or lets it continue.
	 */
	public void pause(String queue, boolean paused) {
		this.limits.pause(queue, paused);
	}

	public boolean isPaused(String queue) {
		ConcurrencyLimit limit = this.limits.find(QueueCatalog.workflowName(queue));
		return limit != null && limit.isPaused();
	}

	/**
	 * The queues that are paused, here or in another partition.
	 */
	public SortedSet<String> pausedQueues() {
		return this.limits.paused();
	}

}
