package io.kraft.engine.definition;

import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

import io.kraft.workflow.InvalidDefinitionException;

/**
 * The schedules of this application, and the workflows that they start. Immutable.
 */
public final class ScheduleCatalog {

	private final NavigableMap<String, ScheduleDefinition> byName = new TreeMap<>();

	private final WorkflowCatalog workflows;

	/**
	 * A catalog of the given schedules.
	 * @throws InvalidDefinitionException if a name is used twice, or a workflow takes
	 * something else than the fire time
	 * @throws io.kraft.workflow.UnknownWorkflowException if there is no such workflow
	 */
	public ScheduleCatalog(Collection<ScheduleDefinition> definitions, WorkflowCatalog workflows) {
		this.workflows = workflows;
		for (ScheduleDefinition definition : definitions) {
			if (this.byName.putIfAbsent(definition.name(), definition) != null) {
				throw new InvalidDefinitionException("schedule '" + definition.name() + "' is defined twice. Give one "
						+ "of them another name. See docs/reference/errors.md#kraft-1003");
			}
			List<Type> parameters = workflow(definition).signature().parameterTypes();
			if (!parameters.isEmpty() && !parameters.equals(List.of(Instant.class))) {
				throw new InvalidDefinitionException("schedule '" + definition.name() + "' starts workflow '"
						+ definition.workflow() + "', which takes " + parameters
						+ ". Let it take no parameter, or one Instant. See docs/reference/errors.md#kraft-1003");
			}
		}
	}

	/**
	 * All schedules, in the order of their names.
	 */
	public Collection<ScheduleDefinition> all() {
		return this.byName.values();
	}

	/**
	 * The workflow that a schedule starts.
	 */
	public WorkflowDefinition workflow(ScheduleDefinition schedule) {
		return this.workflows.latest(schedule.workflow());
	}

}
