package io.kraft.spring.boot.autoconfigure.definition;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.kraft.engine.definition.WorkflowDefinition;

/**
 * A name and version means one method of one bean.
 */
final class WorkflowNames {

	private WorkflowNames() {
	}

	static void check(Map<String, DurableBean> beans, Map<String, Map<Method, WorkflowDefinition>> workflows,
			DefinitionProblems problems) {
		Map<String, List<Use>> usesByName = new LinkedHashMap<>();
		workflows.forEach((bean, methods) -> methods.forEach((method, workflow) -> usesByName
			.computeIfAbsent("'" + workflow.name() + "' version " + workflow.version(), (name) -> new ArrayList<>())
			.add(new Use(bean, method))));
		usesByName.forEach((name, uses) -> {
			if (uses.size() > 1) {
				report(name, uses, beans, problems);
			}
		});
	}

	private static void report(String name, List<Use> uses, Map<String, DurableBean> beans,
			DefinitionProblems problems) {
		for (Use use : uses) {
			String others = uses.stream()
				.filter((other) -> !other.equals(use))
				.map((other) -> "bean '" + other.bean() + "', " + other.method().getName())
				.distinct()
				.collect(Collectors.joining("; "));
			DurableBean bean = beans.get(use.bean());
			if (bean != null) {
				problems.on(bean.userName(), bean.type().userClass(), use.method())
					.add("The workflow " + name + " is defined more than once (also: " + others + ").",
							"Give one of them another name or version.");
			}
		}
	}

	private record Use(String bean, Method method) {
	}

}
