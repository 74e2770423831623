package io.kraft.spring.boot.autoconfigure.definition;

import java.lang.reflect.Method;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.kraft.engine.definition.NamedStep;
import io.kraft.engine.definition.ScheduleDefinition;
import io.kraft.engine.definition.WorkflowDefinition;

/**
 * The beans with durable methods that this application context defines, and their
 * workflows. Immutable.
 */
public final class DurableBeans {

	/**
	 * Attribute of the definition of a bean that a test has replaced by an object of its
	 * own, which is advised all the same if all that it has are steps.
	 */
	public static final String REPLACED_BY_TEST = "io.kraft.replacedByTest";

	private final Map<String, DurableBean> beans;

	private final Map<String, Map<Method, WorkflowDefinition>> workflows;

	private final List<NamedStep> steps;

	private final Set<String> compensations;

	private final List<ScheduleDefinition> schedules;

	DurableBeans(Map<String, DurableBean> beans, Map<String, Map<Method, WorkflowDefinition>> workflows,
			List<NamedStep> steps, Set<String> compensations, List<ScheduleDefinition> schedules) {
		this.beans = new LinkedHashMap<>(beans);
		this.workflows = new LinkedHashMap<>(workflows);
		this.steps = List.copyOf(steps);
		this.compensations = Set.copyOf(compensations);
		this.schedules = List.copyOf(schedules);
	}

	/**
	 * The beans, in order of their definitions.
	 */
	public Collection<DurableBean> all() {
		return this.beans.values();
	}

	/**
	 * Whether the bean of this name has durable methods, as far as its definition shows.
	 */
	public boolean contains(String bean) {
		return this.beans.containsKey(bean);
	}

	/**
	 * The workflows of all beans, for the engine.
	 */
	public List<WorkflowDefinition> workflows() {
		return this.workflows.values().stream().flatMap((methods) -> methods.values().stream()).toList();
	}

	/**
	 * The steps of all beans that can be called by name, for the engine.
	 */
	public List<NamedStep> steps() {
		return this.steps;
	}

	/**
	 * The names of what compensates steps.
	 */
	public Set<String> compensations() {
		return this.compensations;
	}

	/**
	 * The schedules of all workflows, for the engine.
	 */
	public List<ScheduleDefinition> schedules() {
		return this.schedules;
	}

	/**
	 * The workflow that a method of a bean is.
	 * @param type class of the bean's object, which may be a subclass of the one in its
	 * definition
	 * @param method as that class has it
	 * @return empty if the definition did not declare it
	 */
	public Optional<WorkflowDefinition> workflow(String bean, DurableType type, Method method) {
		Map<Method, WorkflowDefinition> known = this.workflows.getOrDefault(bean, Map.of());
		WorkflowDefinition exact = known.get(method);
		if (exact != null) {
			return Optional.of(exact);
		}
		return known.entrySet()
			.stream()
			.filter((entry) -> InvocableMethod.isImplementedBy(method, type.userClass(), entry.getKey()))
			.map(Map.Entry::getValue)
			.findFirst();
	}

}
