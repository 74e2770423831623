package io.kraft.engine.admission;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongPredicate;
import java.util.stream.Stream;

import io.kraft.engine.definition.QueueCatalog;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * Runs that wait on disk for their turn: a queue for each workflow, so that those whose
 * workflow is at its limit hold up no others, and are not looked at again and again. Used
 * by the loader's thread, except for what says whether there is more.
 */
public final class PendingQueues {

	private final Store store;

	private final Admission admission;

	private final LongPredicate isPending;

	private final LongPredicate isInMemory;

	private final Map<String, PendingQueue> queues = new ConcurrentHashMap<>();

	/**
	 * A queue for each workflow that has pending runs.
	 * @param isPending whether a run, by its number, waits for its turn as of its latest
	 * state
	 * @param isInMemory whether a run, by its number, has not left memory yet, and may
	 * have the place of its last turn still
	 */
	public PendingQueues(Store store, Admission admission, LongPredicate isPending, LongPredicate isInMemory) {
		this.isPending = isPending;
		this.isInMemory = isInMemory;
		this.store = store;
		this.admission = admission;
		store.workflowsWithPending().forEach((workflow) -> queue(workflow).expectMore());
	}

	private PendingQueue queue(String workflow) {
		return this.queues.computeIfAbsent(workflow, this::newQueue);
	}

	private PendingQueue newQueue(String workflow) {
		return new PendingQueue(this.store, workflow);
	}

	/**
	 * A run was made durable that waits for its turn.
	 */
	public void expect(RunRow row) {
		// Where it is not dropped meanwhile.
		this.queues.compute(row.name(), (name, known) -> {
			PendingQueue queue = (known != null) ? known : newQueue(name);
			queue.expect(row);
			return queue;
		});
	}

	/**
	 * Whether a run is to wait behind others, of its own workflow or of those that may
	 * begin.
	 */
	public boolean holdUp(String workflow) {
		PendingQueue own = this.queues.get(workflow);
		return (own != null && own.mayHaveMore()) || mayHaveMore();
	}

	/**
	 * Whether there may be runs that may begin.
	 */
	boolean mayHaveMore() {
		return waiting().anyMatch((queue) -> this.admission.admits(queue.workflow()));
	}

	/**
	 * Whether there may be runs that may begin, now or at a time that is known, or that
	 * do not wait for their turn yet, because there was no slot when they came.
	 */
	public boolean mayOpen() {
		return mayHaveMore() || opensAt() != null
				|| waiting().anyMatch((queue) -> !this.admission.isAwaited(queue.workflow()));
	}

	private Stream<PendingQueue> waiting() {
		Collection<PendingQueue> all = this.queues.values();
		return all.stream().filter(PendingQueue::mayHaveMore);
	}

	/**
	 * When a run may begin that may not now, if nothing happens before; null if something
	 * must.
	 */
	public @Nullable Instant opensAt() {
		return waiting().map((queue) -> this.admission.opensAt(queue.workflow()))
			.filter(Objects::nonNull)
			.min(Comparator.naturalOrder())
			.orElse(null);
	}

	/**
	 * The run that is next, with its place; null if none is that may begin. Where others
	 * have that place first, this looks for the next one.
	 */
	public @Nullable RunRow next() {
		// Also of those that are closed: what waits in memory is bounded.
		this.queues.values().forEach(PendingQueue::takeEarlier);
		RunRow row = nextPending();
		boolean isLeaving = isInMemory(row);
		while (row != null && !isLeaving && !this.admission.tryBegin(row.name(), row.number())) {
			row = nextPending();
			isLeaving = isInMemory(row);
		}
		this.admission.withdraw((workflow) -> {
			PendingQueue queue = this.queues.get(workflow);
			return queue == null || !queue.mayHaveMore();
		});
		if (row == null) {
			dropEmpty();
			return null;
		}
		// One that was retried or resumed just as it ended gives up its place first; that
		// it has left is signalled.
		if (isLeaving) {
			return null;
		}
		queue(row.name()).remove(row);
		return row;
	}

	private boolean isInMemory(@Nullable RunRow row) {
		return row != null && this.isInMemory.test(row.number());
	}

	private @Nullable RunRow nextPending() {
		RunRow row = first();
		while (row != null && !this.isPending.test(row.number())) {
			// It was found on disk and expected, and has begun in between.
			queue(row.name()).remove(row);
			row = first();
		}
		return row;
	}

	private @Nullable RunRow first() {
		return waiting().filter((queue) -> this.admission.admitsOrAwait(queue.workflow()))
			.map(PendingQueue::peek)
			.filter(Objects::nonNull)
			.min(PendingQueue.ORDER)
			.orElse(null);
	}

	/**
	 * A child that begins on the place of a run that waits for it; null if there is none.
	 */
	public @Nullable RunRow nextOnLoan() {
		RunRow row = this.admission.lend();
		PendingQueue queue = (row != null) ? this.queues.get(row.name()) : null;
		if (queue != null && row != null) {
			queue.remove(row);
		}
		return row;
	}

	private boolean isKept(String workflow) {
		return !QueueCatalog.isWorkflowName(workflow) || this.admission.hasLimit(workflow);
	}

	/** Of work queues that are not declared there may be any number. */
	private void dropEmpty() {
		this.queues.keySet()
			.forEach((workflow) -> this.queues.computeIfPresent(workflow,
					(name, queue) -> (queue.mayHaveMore() || isKept(name)) ? queue : null));
	}

}
