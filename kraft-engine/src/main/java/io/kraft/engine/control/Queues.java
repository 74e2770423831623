package io.kraft.engine.control;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.kraft.client.QueueDescription;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.admission.Admission;
import io.kraft.engine.definition.QueueCatalog;
import io.kraft.engine.lifecycle.LoadQueue;
import io.kraft.engine.run.RunEnvironment;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.StatusCounts;
import io.kraft.engine.store.Store;
import io.kraft.workflow.WorkQueue;

/**
 * What an operator does to queues; durable when a method returns. Thread-safe.
 */
public final class Queues {

	private final RunEnvironment environment;

	private final Admission admission;

	private final LoadQueue loads;

	private final Runnable takesWork;

	/**
	 * The queues of an execution.
	 * @param takesWork throws when the engine takes no work
	 */
	public Queues(RunEnvironment environment, Admission admission, LoadQueue loads, Runnable takesWork) {
		this.environment = environment;
		this.admission = admission;
		this.loads = loads;
		this.takesWork = takesWork;
	}

	/**
	 * Writes down the pauses that other partitions have: one that was not here when a
	 * queue was paused learns of it when it is opened. Crash before that is durable: it
	 * learns it again.
	 */
	public void start() {
		Set<String> missing = new TreeSet<>(this.admission.pausedQueues());
		missing.removeAll(this.environment.partition().store().pausedQueues());
		if (!missing.isEmpty()) {
			this.environment.partition()
				.submit(missing.stream().<Change>map((queue) -> new Change.QueuePaused(queue, true)).toList());
		}
	}

	/**
	 * Those that are declared, paused, or have items that have not ended well, in the
	 * order of their names.
	 */
	public List<QueueDescription> descriptions() {
		QueueCatalog catalog = this.environment.definitions().queues();
		Store store = this.environment.partition().store();
		Map<String, StatusCounts> counts = store.counts();
		SortedSet<String> names = new TreeSet<>(store.pausedQueues());
		catalog.declared().forEach((queue) -> names.add(queue.name()));
		counts.forEach((workflow, items) -> {
			if (QueueCatalog.isWorkflowName(workflow) && hasOpenItems(items)) {
				names.add(QueueCatalog.queueName(workflow));
			}
		});
		return names.stream()
			.map((name) -> description(catalog.queue(name),
					counts.getOrDefault(QueueCatalog.workflowName(name), StatusCounts.NONE)))
			.toList();
	}

	private static boolean hasOpenItems(StatusCounts items) {
		return Stream.of(WorkflowStatus.values())
			.filter((status) -> !status.isTerminal() || status == WorkflowStatus.DEAD)
			.anyMatch((status) -> items.of(status) > 0);
	}

	private QueueDescription description(WorkQueue queue, StatusCounts items) {
		return new QueueDescription(queue, this.admission.isPaused(queue.name()), items.of(WorkflowStatus.SCHEDULED),
				items.of(WorkflowStatus.PENDING),
				items.of(WorkflowStatus.RUNNING) + items.of(WorkflowStatus.SUSPENDED) + items.of(WorkflowStatus.PAUSED),
				items.of(WorkflowStatus.DEAD));
	}

	/**
	 * Pauses a queue: its items wait.
	 */
	public void pause(String queue) {
		this.takesWork.run();
		// Before it is durable: nothing begins once that is acknowledged.
		this.admission.pause(queue, true);
		commit(queue, true);
	}

	/**
	 * Records that a paused queue is resumed; it is not yet.
	 */
	public void recordResumed(String queue) {
		this.takesWork.run();
		commit(queue, false);
	}

	/**
	 * Resumes a queue, when that is recorded in each partition.
	 */
	public void resume(String queue) {
		this.admission.pause(queue, false);
		var unused = this.loads.slotFreed();
	}

	private void commit(String queue, boolean paused) {
		this.environment.partition().submitOrRefuse(List.of(new Change.QueuePaused(queue, paused))).await();
	}

}
