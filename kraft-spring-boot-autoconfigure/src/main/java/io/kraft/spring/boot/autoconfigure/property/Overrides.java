package io.kraft.spring.boot.autoconfigure.property;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.workflow.WorkQueue;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * What the properties {@code kraft.steps[<name>].*}, {@code kraft.workflows[<name>].*}
 * and {@code kraft.queues[<name>].*} set in place of annotations and beans: each
 * attribute by itself, and for all versions of a workflow. Knows the names that were
 * looked up. Thread-safe.
 */
public final class Overrides {

	private final NamedProperties<StepProperties> steps;

	private final NamedProperties<WorkflowProperties> workflows;

	private final NamedProperties<QueueProperties> queues;

	private Overrides(Binder binder) {
		this.steps = bind(binder, "kraft.steps", StepProperties.class);
		this.workflows = bind(binder, "kraft.workflows", WorkflowProperties.class);
		this.queues = bind(binder, "kraft.queues", QueueProperties.class);
	}

	private static <T extends NamedProperties.Bounded> NamedProperties<T> bind(Binder binder, String prefix,
			Class<T> type) {
		return new NamedProperties<>(prefix,
				binder.bind(prefix, Bindable.mapOf(String.class, type)).orElseGet(Map::of));
	}

	/**
	 * The overrides that the properties of an environment set. They are read before there
	 * are beans, that of the properties included.
	 * @throws org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException
	 * if a value is out of bounds
	 * @throws org.springframework.boot.context.properties.bind.BindException if a value
	 * is of another type
	 */
	public static Overrides of(Environment environment) {
		return new Overrides(Binder.get(environment));
	}

	/**
	 * No overrides.
	 */
	public static Overrides none() {
		return new Overrides(new Binder());
	}

	/**
	 * The step with the properties applied.
	 */
	public StepDefinition apply(StepDefinition step) {
		return this.steps.of(step.name()).map((named) -> named.properties().applyTo(step)).orElse(step);
	}

	/**
	 * The workflow with the properties applied.
	 */
	public WorkflowDefinition apply(WorkflowDefinition workflow) {
		return this.workflows.of(workflow.name()).map((named) -> named.properties().applyTo(workflow)).orElse(workflow);
	}

	/**
	 * The queues with the properties applied, and those that only properties declare.
	 * @param beans each with another name
	 * @throws org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException
	 * if a rate limit lacks its number or its period
	 */
	public List<WorkQueue> apply(Collection<WorkQueue> beans) {
		Stream<WorkQueue> further = this.queues.furtherNames(beans.stream().map(WorkQueue::name).toList())
			.stream()
			.map(WorkQueue::named);
		return Stream.concat(beans.stream(), further).map(this::apply).toList();
	}

	private WorkQueue apply(WorkQueue queue) {
		return this.queues.of(queue.name())
			.map((named) -> named.properties().applyTo(queue, named.prefix()))
			.orElse(queue);
	}

	/**
	 * Properties that have no effect, or not the one that is meant, with the fix: a
	 * sentence each. Complete when all beans exist.
	 */
	public List<String> warnings() {
		return Stream.of(this.steps, this.workflows, this.queues)
			.flatMap((named) -> named.warnings().stream())
			.toList();
	}

}
