package io.kraft.engine.definition;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import io.kraft.engine.definition.WorkflowDefinition.Item;
import io.kraft.workflow.InvalidDefinitionException;
import io.kraft.workflow.UnknownStepException;
import io.kraft.workflow.WorkQueue;

/**
 * The queues of this application, and the definitions of their items: an item is a run of
 * a workflow whose one operation is the step. Thread-safe.
 */
public final class QueueCatalog {

	private final NavigableMap<String, WorkQueue> declared = new TreeMap<>();

	private final StepCatalog steps;

	private final Map<Item, WorkflowDefinition> definitions = new ConcurrentHashMap<>();

	/**
	 * A catalog of the given queues.
	 * @throws InvalidDefinitionException if a name is used twice
	 */
	public QueueCatalog(Collection<WorkQueue> queues, StepCatalog steps) {
		this.steps = steps;
		for (WorkQueue queue : queues) {
			if (this.declared.putIfAbsent(queue.name(), queue) != null) {
				throw new InvalidDefinitionException("queue '" + queue.name()
						+ "' is declared twice. Give one of them another name. See docs/reference/errors.md#kraft-1003");
			}
		}
	}

	/**
	 * The name of the workflow that the items of a queue are runs of.
	 */
	public static String workflowName(String queue) {
		return WorkQueue.ITEMS + queue;
	}

	/**
	 * The name of the queue whose items are runs of a workflow of this name.
	 */
	public static String queueName(String workflow) {
		return workflow.substring(WorkQueue.ITEMS.length());
	}

	/**
	 * Whether it is the name of a workflow that items are runs of.
	 */
	public static boolean isWorkflowName(String name) {
		return name.startsWith(WorkQueue.ITEMS);
	}

	/**
	 * Those that were declared, in the order of their names.
	 */
	public List<WorkQueue> declared() {
		return List.copyOf(this.declared.values());
	}

	/**
	 * The queue of a name; one that was not declared has no limits.
	 */
	public WorkQueue queue(String name) {
		WorkQueue queue = this.declared.get(name);
		return (queue != null) ? queue : WorkQueue.named(name);
	}

	/**
	 * What an item of a queue does.
	 * @throws UnknownStepException if this application has no such step, or several
	 */
	public WorkflowDefinition item(String queue, String step) {
		WorkQueue known = this.declared.get(queue);
		// Of those that are not declared there may be any number.
		return (known != null) ? this.definitions.computeIfAbsent(new Item(known, step), this::define)
				: define(new Item(WorkQueue.named(queue), step));
	}

	/**
	 * As {@link #item}, by the name of the workflow.
	 */
	WorkflowDefinition itemOf(String workflow, String step) {
		return item(queueName(workflow), step);
	}

	private WorkflowDefinition define(Item item) {
		NamedStep step = this.steps.find(item.step());
		return new WorkflowDefinition(workflowName(item.queue().name()), 1, step.definition().signature(),
				step.definition().resultStyle(), (arguments) -> null, null, item.queue().retention(), 0,
				step.body()::call, item);
	}

}
