package io.kraft.engine.admission;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongConsumer;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.run.AwaitedChildren.Child;
import io.kraft.engine.run.CompletionSubscriber;
import io.kraft.engine.store.Message;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * Finds the places on which children may begin, because the runs that have them wait for
 * these children. What happens is noted by any thread; what follows from it is looked up
 * by the loader's thread.
 * <p>
 * Nothing of it is durable. A run that has its place since a restart, or anew, has its
 * children that wait report what they wait for, once: so the work is bounded by the runs
 * that have begun under those that have a place.
 */
public final class Lending {

	private final Admission admission;

	private final Store store;

	private final LongConsumer wake;

	private final Queue<Runnable> lookups = new ConcurrentLinkedQueue<>();

	/** Runs that are to report what they wait for, whatever workflow that is. */
	private final Set<Long> asked = ConcurrentHashMap.newKeySet();

	/**
	 * Lends nothing yet.
	 * @param wake lets a run check again what it waits for, so that it reports it
	 */
	public Lending(Admission admission, Store store, LongConsumer wake) {
		this.admission = admission;
		this.store = store;
		this.wake = wake;
	}

	/**
	 * Has the runs report what they wait for that block runs which have waited for their
	 * turn since before the start.
	 */
	public void start() {
		this.store.workflowsWithPending()
			.forEach((workflow) -> this.admission.takeUnreported(workflow).forEach(this.wake::accept));
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
	 * A run waits for its turn again: those that wait for its end have to report that
	 * again.
	 */
	public void expectAgain(RunRow row) {
		if (row.startedAt() != null && row.step() == null && this.admission.hasLimit(row.name())) {
			this.lookups.add(() -> subscribers(row.number()));
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
		subscribers.stream()
			.filter((subscriber) -> subscriber.requester() == null)
			.forEach((subscriber) -> this.wake.accept(subscriber.run()));
	}

	private void lookUp(long waiter, List<Child> children, boolean isDeep) {
		for (Child child : children) {
			RunRow row = this.store.run(child.id()).orElse(null);
			if (row == null || row.status().isTerminal()) {
				continue;
			}
			if (this.admission.hasLimit(row.name())) {
				request(waiter, row);
			}
			if (isDeep && row.status() == WorkflowStatus.SUSPENDED) {
				this.asked.add(row.number());
				this.wake.accept(row.number());
			}
		}
	}

	/** The waiter itself, or the nearest one above it. */
	private void request(long waiter, RunRow child) {
		String link = child.id();
		for (RunRow above = this.store.run(waiter).orElse(null); above != null; above = parentOf(above)) {
			if (this.admission.hasPlace(child.name(), above.number())) {
				if (this.admission.request(above.number(), child, link)) {
					this.wake.accept(above.number());
				}
				return;
			}
			link = above.id();
		}
	}

	private @Nullable RunRow parentOf(RunRow row) {
		return (row.parentId() != null) ? this.store.run(row.parentId()).orElse(null) : null;
	}

}
