package io.kraft.engine.admission;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.run.AwaitedChildren.Child;
import io.kraft.engine.run.CompletionSubscriber;
import io.kraft.engine.run.Neighbours;
import io.kraft.engine.store.Message;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.Store;

/**
 * Finds the places on which children may begin, because the runs that have them wait for
 * these children. What happens is noted by any thread; what follows from it is looked up
 * by the loader's thread of the partition that has the run: the search goes from
 * partition to partition, and none reads the store of another.
 * <p>
 * Nothing of it is durable. A run that has its place since a restart, or anew, has its
 * children that wait report what they wait for, once: so the work is bounded by the runs
 * that have begun under those that have a place. A child that was still on its way to its
 * partition when its parent reported that it waits has that reported again.
 */
public final class Lending {

	private final Admission admission;

	private final Store store;

	private final Neighbours neighbours;

	private final LongConsumer wake;

	private final Queue<Runnable> lookups = new ConcurrentLinkedQueue<>();

	/** Runs that are to report what they wait for, whatever workflow that is. */
	private final Set<Long> asked = ConcurrentHashMap.newKeySet();

	/**
	 * Lends nothing yet.
	 * @param neighbours the other partitions
	 * @param wake lets a run check again what it waits for, so that it reports it
	 */
	public Lending(Admission admission, Store store, Neighbours neighbours, LongConsumer wake) {
		this.admission = admission;
		this.store = store;
		this.neighbours = neighbours;
		this.wake = wake;
		admission.lendBy(this);
	}

	/**
	 * Has the runs report what they wait for that block runs which have waited for their
	 * turn since before the start.
	 */
	public void start() {
		Set<String> blocked = new LinkedHashSet<>(this.store.workflowsWithPending());
		blocked.addAll(this.admission.awaited());
		blocked.forEach((workflow) -> this.admission.takeUnreported(workflow)
			.forEach((run) -> at(run.partition(), (lending) -> lending.wake.accept(run.number()))));
	}

	/**
	 * Does something where a run is: here immediately, else on the loader's thread of its
	 * partition.
	 */
	private void at(int partition, Consumer<Lending> action) {
		Lending there = (partition == this.admission.partition()) ? this : this.admission.lendingOf(partition);
		if (there == this) {
			action.accept(this);
		}
		else if (there != null) {
			there.lookups.add(() -> action.accept(there));
			there.admission.wake();
		}
	}

	private int partitionOf(String id) {
		return this.neighbours.isHere(id) ? this.admission.partition() : this.neighbours.partitionOf(id);
	}

	/**
	 * A run waits for nothing but children.
	 * @return whether there is something to look up
	 */
	public boolean waits(String workflow, long run, List<Child> children) {
		boolean isAsked = this.asked.remove(run);
		boolean isDeep = this.admission.waits(workflow, run, children) || isAsked;
		List<Child> concerned = children.stream()
			.filter((child) -> isDeep || this.admission.hasLimit(child.workflow()))
			.toList();
		if (!concerned.isEmpty()) {
			this.lookups.add(() -> lookUp(run, concerned, isDeep));
		}
		return !concerned.isEmpty() || this.admission.mayLend();
	}

	/**
	 * A run waits for its turn again, or has come from another partition: those that wait
	 * for its end have to report that again.
	 */
	public void expectAgain(RunRow row) {
		if (row.step() != null || !this.admission.hasLimit(row.name())) {
			return;
		}
		if (row.startedAt() != null) {
			this.lookups.add(() -> subscribers(row.number()));
		}
		else {
			String parent = row.parentId();
			if (parent != null && !this.neighbours.isHere(parent)) {
				this.lookups.add(() -> arrived(row, parent));
			}
		}
	}

	public boolean mayHaveMore() {
		return !this.lookups.isEmpty() || this.admission.mayLend();
	}

	/**
	 * Looks up what has been noted.
	 */
	public void lookUp() {
		for (Runnable next = this.lookups.poll(); next != null; next = this.lookups.poll()) {
			next.run();
		}
	}

	private void subscribers(long run) {
		List<CompletionSubscriber> subscribers = new ArrayList<>();
		this.store.readMessages(run, 0, (message, isWhole, bytes) -> message.kind() != Message.Kind.WATCH
				|| subscribers.add(CompletionSubscriber.parse(message.name())));
		subscribers.forEach((subscriber) -> {
			int partition = (subscriber.id() != null) ? partitionOf(subscriber.id()) : this.admission.partition();
			at(partition, (lending) -> lending.wake.accept(subscriber.run()));
		});
	}

	private void lookUp(long waiter, List<Child> children, boolean isDeep) {
		int partition = this.admission.partition();
		for (Child child : children) {
			at(partitionOf(child.id()),
					(lending) -> lending.lookUp(child.id(), new NodeRun(partition, waiter), isDeep));
		}
	}

	private void lookUp(String id, NodeRun waiter, boolean isDeep) {
		RunRow row = this.store.run(id).orElse(null);
		if (row == null || row.status().isTerminal()) {
			return;
		}
		if (this.admission.hasLimit(row.name())) {
			request(waiter, row);
		}
		if (isDeep && row.status() == WorkflowStatus.SUSPENDED) {
			this.asked.add(row.number());
			this.wake.accept(row.number());
		}
	}

	private void request(NodeRun waiter, RunRow child) {
		int partition = this.admission.partition();
		at(waiter.partition(),
				(lending) -> lending.store.run(waiter.number())
					.ifPresent((above) -> lending.climb(above, child.id(), child.name(),
							(there, lender, link) -> there.request(lender, partition, child, link))));
	}

	private void request(long lender, int partition, RunRow child, String link) {
		if (this.admission.request(lender, partition, child, link)) {
			this.wake.accept(lender);
		}
	}

	/**
	 * Its parent may have reported that it waits when the child was not here yet.
	 */
	private void arrived(RunRow child, String parent) {
		int partition = this.admission.partition();
		at(partitionOf(parent), (lending) -> lending.store.run(parent)
			.ifPresent((above) -> lending.climb(above, child.id(), child.name(), (there, lender, link) -> {
				if (link.equals(child.id())) {
					there.request(lender, partition, child, link);
				}
				else {
					there.at(partition, (back) -> back.subscribers(child.number()));
				}
			})));
	}

	/**
	 * Goes up to the nearest run that has a place.
	 * @param id of the child of the first one that is, or is above, the one that is to
	 * begin
	 */
	private void climb(RunRow first, String id, String workflow, LenderFound found) {
		String link = id;
		RunRow above = first;
		while (!this.admission.hasPlace(workflow, above.number())) {
			String parent = above.parentId();
			if (parent == null) {
				return;
			}
			link = above.id();
			if (!this.neighbours.isHere(parent)) {
				String next = link;
				at(partitionOf(parent), (lending) -> lending.store.run(parent)
					.ifPresent((row) -> lending.climb(row, next, workflow, found)));
				return;
			}
			above = this.store.run(parent).orElse(null);
			if (above == null) {
				return;
			}
		}
		found.accept(this, above.number(), link);
	}

	/**
	 * What follows when a run is found that has a place.
	 */
	@FunctionalInterface
	private interface LenderFound {

		/**
		 * Called on the loader's thread of its partition.
		 * @param there the lending of that
		 * @param lender number of the run
		 * @param link id of its child that is, or is above, the one that is to begin
		 */
		void accept(Lending there, long lender, String link);

	}

}
