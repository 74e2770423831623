package io.kraft.engine.execution;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.kraft.client.QueueDescription;
import io.kraft.engine.definition.QueueCatalog;
import io.kraft.engine.execution.run.RunEnvironment;
import io.kraft.engine.store.Change;
import io.kraft.workflow.WorkQueue;

/**
 * What an operator does to queues; durable when a method returns. Thread-safe.
 */
public final class Queues {

	private final RunEnvironment environment;

	private final Admission admission;

	private final RunLoader loader;

	private final Runnable takesWork;

	/**
	 * The queues of an execution.
	 * @param takesWork throws when the engine takes no work
	 */
	Queues(RunEnvironment environment, Admission admission, RunLoader loader, Runnable takesWork) {
		this.environment = environment;
		this.admission = admission;
		this.loader = loader;
		this.takesWork = takesWork;
	}

	/**
	 * Those that are declared or paused, in the order of their names.
	 */
	public List<QueueDescription> descriptions() {
		QueueCatalog catalog = this.environment.definitions().queues();
		Map<String, WorkQueue> queues = new TreeMap<>();
		catalog.declared().forEach((queue) -> queues.put(queue.name(), queue));
		this.environment.partition()
			.store()
			.pausedQueues()
			.forEach((name) -> queues.putIfAbsent(name, catalog.queue(name)));
		return queues.values()
			.stream()
			.map((queue) -> new QueueDescription(queue, this.admission.isPaused(queue.name())))
			.toList();
	}

	/**
	 * Lets the items of a queue rest.
	 */
	public void pause(String name) {
		String queue = WorkQueue.named(name).name();
		this.takesWork.run();
		// Before it is durable: nothing begins when that is told.
		this.admission.pause(queue, true);
		commit(queue, true);
	}

	/**
	 * Lets a paused queue go on.
	 */
	public void resume(String name) {
		String queue = WorkQueue.named(name).name();
		this.takesWork.run();
		commit(queue, false);
		this.admission.pause(queue, false);
		this.loader.slotFreed();
	}

	private void commit(String queue, boolean paused) {
		this.environment.partition().submitOrRefuse(List.of(new Change.QueuePaused(queue, paused))).await();
	}

}
