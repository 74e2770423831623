package io.kraft.spring.boot.autoconfigure.definition;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.kraft.engine.definition.ScheduleDefinition;
import io.kraft.engine.definition.WorkflowDefinition;

/**
 * A schedule starts the highest version of its workflow, so the schedule of that version
 * counts. Those of older versions may stay where they are.
 */
final class ScheduleVersions {

	private final List<Found> found = new ArrayList<>();

	void add(DurableBean bean, Method method, WorkflowDefinition workflow, ScheduleDefinition schedule) {
		this.found.add(new Found(bean, method, workflow, schedule));
	}

	/**
	 * The schedules that count.
	 * @param workflows all of the application
	 */
	List<ScheduleDefinition> check(List<WorkflowDefinition> workflows, DefinitionProblems problems) {
		Map<String, Integer> highest = new LinkedHashMap<>();
		workflows.forEach((workflow) -> highest.merge(workflow.name(), workflow.version(), Math::max));
		Map<String, ScheduleDefinition> counting = new LinkedHashMap<>();
		for (Found each : this.found) {
			if (each.workflow().version() == highest.getOrDefault(each.workflow().name(), 0)) {
				counting.put(each.workflow().name(), each.schedule());
			}
		}
		for (Found each : this.found) {
			if (!counting.containsKey(each.workflow().name())) {
				int version = highest.getOrDefault(each.workflow().name(), 0);
				problems.on(each.bean().userName(), each.bean().type().userClass(), each.method())
					.add("The schedule is on version " + each.workflow().version()
							+ ", but starts the highest version, which is " + version + ".",
							"Put @Schedule on the method of version " + version + ".");
			}
		}
		return List.copyOf(counting.values());
	}

	private record Found(DurableBean bean, Method method, WorkflowDefinition workflow, ScheduleDefinition schedule) {
	}

}
